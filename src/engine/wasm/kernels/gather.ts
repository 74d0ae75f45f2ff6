/** Copies a batch's examples, selected by index, from the data into panels. */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local } from '../assembler/instructions.ts';
import { advance, count, i32, set } from '../assembler/instructions.ts';
import type { Target } from '../kernels.ts';
import { PANEL_ROW } from '../memory-layout.ts';

/**
 * Defines a function of (indices, data): the rows of `columns` numbers that the indices name become the panels at `target`.
 * There is an index for every lane of every panel.
 */
export function defineGather(
  { module, lanes, layout }: Target,
  { columns, target, stride }: { columns: number; target: number; stride: number },
): FunctionReference {
  return module.define(['i32', 'i32'], (frame, indices, data) => {
    const [panel, lane, column, from, to] = frame.locals('i32', 5) as [Local, Local, Local, Local, Local];
    const move: Code = [
      lanes.numbers.store(to, lanes.numbers.load(from)),
      advance(from, lanes.bytes),
      advance(to, PANEL_ROW),
    ];
    return count(panel, target, target + layout.panels * stride, stride, [
      count(lane, 0, PANEL_ROW, lanes.bytes, [
        set(from, i32.add(data, i32.mul(i32.load(indices), columns * lanes.bytes))),
        set(to, i32.add(panel, lane)),
        count(column, 0, columns, 1, move),
        advance(indices, 4),
      ]),
    ]);
  });
}
