/** Measures the highest rate of multiply-adds that a WebAssembly loop reaches on this machine, to rate the kernels against. */
import { count, set } from '../../../src/engine/wasm/assembler/instructions.ts';
import { lanesOf, v128 } from '../../../src/engine/wasm/assembler/lanes.ts';
import { ModuleBuilder } from '../../../src/engine/wasm/assembler/module.ts';
import { widenVectors } from '../../../src/lab/run/wide-vectors.ts';
import type { Precision } from './contestant.ts';

const FACTORS = 5;
const UNROLLED = 8;
const ROUNDS = 20_000;
/** Milliseconds after which V8 has surely optimised the loop. */
const WARM_UP = 300;

/**
 * A function that runs the loop and returns multiply-adds per second. It has a kernel's tile of ten independent sums; where it
 * is `wide`, each is a pair of vectors for V8 to merge.
 */
export function peakLoop(precision: Precision, wide: boolean): () => number {
  widenVectors(wide);
  const module = new ModuleBuilder();
  const lanes = lanesOf(precision);
  const loop = module.define(['i32'], (frame, rounds) => {
    const round = frame.local('i32');
    const values = frame.locals('v128', wide ? 4 : 2);
    const sums = Array.from({ length: FACTORS }, () => frame.locals('v128', values.length));
    const factor = frame.local('v128');
    const unrolled = Array.from({ length: UNROLLED }, (_, u) => [
      values.map((value, v) => set(value, v128.load(0, 64 * u + 16 * v))),
      sums.map((row, i) => [
        set(factor, lanes.spread(0, 1024 + 64 * u + 8 * i)),
        row.map((sum, v) => set(sum, lanes.add(sum, lanes.mul(values[v]!, factor)))),
      ]),
    ]);
    return [count(round, 0, rounds, 1, unrolled), sums.flat().map((sum, i) => v128.store(0, sum, 4096 + 16 * i))];
  });
  module.export('loop', loop);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(1)));
  const run = exports.loop as (rounds: number) => void;
  const until = performance.now() + WARM_UP;
  while (performance.now() < until) run(100);
  const numbers = (wide ? 4 : 2) * lanes.width;
  return () => {
    const began = performance.now();
    run(ROUNDS);
    return (ROUNDS * UNROLLED * FACTORS * numbers) / ((performance.now() - began) / 1000);
  };
}
