/** Measures the highest rate of multiply-adds that a WebAssembly loop reaches on this machine, to rate the kernels against. */
import { setFlagsFromString } from 'node:v8';
import { count, set } from '../../../src/engine/wasm/assembler/instructions.ts';
import { lanesOf, v128 } from '../../../src/engine/wasm/assembler/lanes.ts';
import { ModuleBuilder } from '../../../src/engine/wasm/assembler/module.ts';
import { widenVectors } from '../../../src/lab/run/wide-vectors.ts';
import type { Precision } from './contestant.ts';

const UNROLLED = 8;
const ROUNDS = 20_000;

/**
 * A function that runs the loop and returns multiply-adds per second. It has ten independent sums, as the kernels' tiles have;
 * where it is `wide`, each is a pair of vectors that V8 merges, as everything in the loop.
 */
export function peakLoop(precision: Precision, wide: boolean): () => number {
  widenVectors(wide);
  const SUMS = wide ? 20 : 10;
  const module = new ModuleBuilder();
  const lanes = lanesOf(precision);
  const loop = module.define(['i32'], (frame, rounds) => {
    const round = frame.local('i32');
    const sums = frame.locals('v128', SUMS);
    const values = frame.locals('v128', 2);
    const factor = frame.local('v128');
    const unrolled = Array.from({ length: UNROLLED }, (_, u) => [
      values.map((value, v) => set(value, v128.load(0, 32 * u + 16 * v))),
      Array.from({ length: SUMS / 2 }, (_, i) => [
        set(factor, lanes.spread(0, 1024 + 64 * u + 8 * i)),
        values.map((value, v) => set(sums[2 * i + v]!, lanes.add(sums[2 * i + v]!, lanes.mul(value, factor)))),
      ]),
    ]);
    return [count(round, 0, rounds, 1, unrolled), sums.map((sum, i) => v128.store(0, sum, 4096 + 16 * i))];
  });
  module.export('loop', loop);
  // Compiled at its first call, by V8's optimising compiler.
  setFlagsFromString('--no-liftoff');
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(1)));
  const run = exports.loop as (rounds: number) => void;
  run(1);
  setFlagsFromString('--liftoff');
  return () => {
    const began = performance.now();
    run(ROUNDS);
    return (ROUNDS * UNROLLED * SUMS * lanes.width) / ((performance.now() - began) / 1000);
  };
}
