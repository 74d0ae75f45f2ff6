/**
 * Lets V8 merge pairs of neighbouring 128-bit vector instructions of WebAssembly into 256-bit ones. Each lane computes what it
 * did before, so that the bits of every result stay the same.
 */
import { setFlagsFromString } from 'node:v8';

/** The V8 whose merged code the tests compare with the plain one, bit by bit. */
const TESTED = '14.6.';

/** Whether this V8 can merge, on a processor with AVX2; it leaves the code as it is on others. */
export const canWiden = (): boolean =>
  process.versions.v8.startsWith(TESTED) &&
  (process.config.variables as Record<string, unknown>).v8_enable_wasm_simd256_revec === 1;

/** Turns merging on or off in all threads, for modules that are compiled from now on. Does nothing where V8 cannot merge. */
export function widenVectors(on: boolean): void {
  // V8 prints an error for a flag that it does not know.
  if (canWiden()) setFlagsFromString(`--${on ? '' : 'no-'}experimental-wasm-revectorize`);
}
