/**
 * The binary format of WebAssembly: LEB128 integers, names, lists and sections, as the chapter “Binary Format” of its
 * specification defines them.
 */

/** Instructions or other encoded parts: bytes, nested as they were composed. */
export type Code = readonly (number | Code)[];

/** Unsigned LEB128: seven bits a byte, least significant first, the eighth bit set on all but the last. */
export function unsigned(value: number): number[] {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError(`not a u32: ${value}`);
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  if (rest !== value) throw new RangeError(`not an i32: ${value}`);
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}

/** A name: its length, then its characters (ASCII only). */
export const name = (text: string): Code => [unsigned(text.length), [...text].map((c) => c.charCodeAt(0))];

/** A list: how many items, then the items. */
export const list = (items: readonly Code[]): Code => [unsigned(items.length), items];

/** Nested code as one list. `flat` is built in, so it is as fast in a fresh realm as in one whose code is optimised. */
const flat = (code: readonly unknown[]): number[] => code.flat(Infinity as 1) as number[];

/** A part preceded by its length in bytes. */
export function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

/** A section of a module: its number, its size, its content. */
export const section = (id: number, content: Code): Code => [id, sized(content)];

/** The bytes of nested code, in order. */
export const flatten = (code: Code): Uint8Array<ArrayBuffer> => new Uint8Array(flat(code));
