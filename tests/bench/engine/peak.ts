/** The greatest rate of multiply-adds that a WebAssembly loop reaches here: the yardstick for the kernels. */
import { count, set } from '../../../src/engine/compile/instructions.ts';
import { lanesOf, v128 } from '../../../src/engine/compile/lanes.ts';
import { ModuleBuilder } from '../../../src/engine/compile/module.ts';
import type { Precision } from './contestant.ts';

const SUMS = 10;
const UNROLLED = 8;
const ROUNDS = 20_000;

/** Runs the loop once and gives multiply-adds a second: ten independent sums, as many as the kernels' tiles hold. */
export function peakLoop(precision: Precision): () => number {
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
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(1)));
  const run = exports.loop as (rounds: number) => void;
  for (let i = 0; i < 50; i++) run(1000);
  return () => {
    const began = performance.now();
    run(ROUNDS);
    return (ROUNDS * UNROLLED * SUMS * lanes.width) / ((performance.now() - began) / 1000);
  };
}
