/** Unrolled loops run each iteration once, at the right addresses. */
import { expect, test } from 'vitest';
import { i32 } from '../../../src/engine/wasm/assembler/instructions.ts';
import { ModuleBuilder } from '../../../src/engine/wasm/assembler/module.ts';
import { unrolled } from '../../../src/engine/wasm/assembler/unrolled-loop.ts';
import { range } from '../../../src/engine/wasm/kernels/tiling.ts';

const STRIDES = [4, 8] as const;

/** How often each iteration ran at each of two addresses, and how many iterations the code holds. */
function runCounts(turns: number, by: number): { counts: number[][]; written: number } {
  const module = new ModuleBuilder();
  let written = 0;
  const run = module.define(['i32', 'i32'], (frame, x, y) =>
    unrolled(
      frame,
      { turns, by },
      [
        { from: x, stride: STRIDES[0] },
        { from: y, stride: STRIDES[1] },
      ],
      (addresses, j) => {
        written++;
        return addresses.map((address, i) => {
          const offset = j * STRIDES[i]!;
          return i32.store(address, i32.add(i32.load(address, offset), 1), offset);
        });
      },
    ),
  );
  module.export('run', run);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(1)));
  const starts = [1024, 8192];
  (exports.run as (...from: number[]) => void)(...starts);
  const memory = new Int32Array((exports.memory as WebAssembly.Memory).buffer);
  return { counts: starts.map((start, i) => range(0, 63).map((t) => memory[(start + t * STRIDES[i]!) / 4]!)), written };
}

test('each iteration runs once, at its offset from every address; up to twice the unrolling there is no loop', () => {
  for (const by of [1, 2, 4, 8])
    for (const turns of range(0, 40)) {
      const { counts, written } = runCounts(turns, by);
      const expected = range(0, 63).map((t) => (t < turns ? 1 : 0));
      expect(counts).toEqual([expected, expected]);
      expect(written).toBe(turns <= 2 * by ? turns : by + (turns % by));
    }
});
