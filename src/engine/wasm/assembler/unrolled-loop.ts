/** Unrolled loops, for bodies so short that counting and branching would cost much beside them. */
import type { Code } from './encoding.ts';
import type { Local } from './instructions.ts';
import { advance, i32, repeat, set } from './instructions.ts';
import type { Frame } from './module.ts';

/** An address that advances by `stride` bytes per iteration. */
export interface MovingAddress {
  readonly from: Local;
  readonly stride: number;
}

/**
 * A loop of `turns` iterations, unrolled `by` times; up to 2·`by` iterations are unrolled completely. `turn` gives the code of
 * an iteration from the addresses at the start of its unrolled group, and its index j in the group.
 */
export function unrolled(
  frame: Frame,
  { turns, by }: { readonly turns: number; readonly by: number },
  moving: readonly [MovingAddress, ...MovingAddress[]],
  turn: (addresses: readonly Local[], j: number) => Code,
): Code {
  const several = (addresses: readonly Local[], n: number): Code =>
    Array.from({ length: n }, (_, j) => turn(addresses, j));
  if (turns <= 2 * by)
    return several(
      moving.map(({ from }) => from),
      turns,
    );
  return frame.scope(() => {
    const addresses = frame.locals('i32', moving.length);
    const end = frame.local('i32');
    const rest = turns % by;
    const [first] = moving;
    return [
      moving.map(({ from }, i) => set(addresses[i]!, from)),
      set(end, i32.add(first.from, (turns - rest) * first.stride)),
      repeat(
        [several(addresses, by), moving.map(({ stride }, i) => advance(addresses[i]!, by * stride))],
        i32.unequal(addresses[0]!, end),
      ),
      several(addresses, rest),
    ];
  });
}
