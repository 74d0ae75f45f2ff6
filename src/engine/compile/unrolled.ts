/** Loops whose bodies are short: unrolled, so that counting and jumping cost little beside them. */
import type { Code } from './encoding.ts';
import type { Local } from './instructions.ts';
import { advance, i32, repeat, set } from './instructions.ts';
import type { Frame } from './module.ts';

/** An address that moves by `stride` bytes a turn. */
export interface Moving {
  readonly from: Local;
  readonly stride: number;
}

/**
 * `turns` turns, `by` of them in a row; up to twice as many are all in a row. `turn` is handed the addresses as they are before
 * the first of its row, and which one of the row it is.
 */
export function unrolled(
  frame: Frame,
  { turns, by }: { readonly turns: number; readonly by: number },
  moving: readonly [Moving, ...Moving[]],
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
