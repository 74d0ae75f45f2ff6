/** A batch's examples, taken by their indices from the data and laid out in panels and in strips. */
import type { Code } from './encoding.ts';
import type { FunctionReference, Local } from './instructions.ts';
import { advance, count, i32, set } from './instructions.ts';
import type { Target } from './kernels.ts';
import { v128 } from './lanes.ts';
import type { Strips } from './layout.ts';
import { PANEL_ROW, VECTOR } from './layout.ts';
import { range } from './tiling.ts';

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

/** Defines a function of (indices, data): the rows of `columns` numbers that the indices name become strips. */
export function defineStrips(
  { module, lanes, layout }: Target,
  { columns, strips: { address, stride } }: { columns: number; strips: Strips },
): FunctionReference {
  const whole = Math.floor((columns * lanes.bytes) / PANEL_ROW);
  const rest = columns - (whole * PANEL_ROW) / lanes.bytes;
  return module.define(['i32', 'i32'], (frame, indices, data) => {
    const [example, strip, from, to] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const move = [0, VECTOR].map((at) => v128.store(to, v128.load(from, at), at));
    const moveRest = range(0, rest - 1).map((k) =>
      lanes.numbers.store(to, lanes.numbers.load(from, k * lanes.bytes), k * lanes.bytes),
    );
    return count(example, address, address + layout.panels * layout.panel * PANEL_ROW, PANEL_ROW, [
      set(from, i32.add(data, i32.mul(i32.load(indices), columns * lanes.bytes))),
      set(to, example),
      count(strip, 0, whole, 1, [move, advance(from, PANEL_ROW), advance(to, stride)]),
      moveRest,
      advance(indices, 4),
    ]);
  });
}
