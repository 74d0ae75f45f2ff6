/**
 * Copies a batch's examples, selected by index, from the data into both strips and panels. Blocks of as many
 * examples as columns, a vector each, go to the strips as they are, and transposed to the panels.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local } from '../assembler/instructions.ts';
import { advance, count, i32, set } from '../assembler/instructions.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Target } from '../kernels.ts';
import type { StripLayout } from '../memory-layout.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range } from './tiling.ts';
import { emitTranspose } from './transpose.ts';

/** Defines a function like that of `defineGather`, which also fills the strips. */
export function defineGatherStrips(
  { module, lanes, layout }: Target,
  { columns, target, stride, strips }: { columns: number; target: number; stride: number; strips: StripLayout },
): FunctionReference {
  const { bytes, numbers, width } = lanes;
  const whole = Math.floor((columns * bytes) / PANEL_ROW);
  const rest = columns - (whole * PANEL_ROW) / bytes;
  return module.define(['i32', 'i32'], (frame, indices, data) => {
    const [panel, half, turn] = frame.locals('i32', 3) as [Local, Local, Local];
    const [firstStrip, strip, to] = frame.locals('i32', 3) as [Local, Local, Local];
    const from = frame.locals('i32', width);
    const moveVectors = (at: number): Code =>
      frame.scope(() => {
        const rows = frame.locals('v128', width);
        const { code, columns } = emitTranspose(frame, lanes, rows);
        return [
          rows.map((row, i) => set(row, v128.load(from[i]!, at))),
          rows.map((row, i) => v128.store(strip, row, i * strips.example + at)),
          code,
          columns.map((column, j) => v128.store(to, column, (at / bytes + j) * PANEL_ROW)),
        ];
      });
    const moveNumber = (j: number): Code =>
      from.map((address, i) => {
        const number = numbers.load(address, j * bytes);
        return [
          numbers.store(strip, number, i * strips.example + j * bytes),
          numbers.store(to, number, j * PANEL_ROW + i * bytes),
        ];
      });
    return [
      set(firstStrip, strips.address),
      count(panel, target, target + layout.panels * stride, stride, [
        count(half, 0, PANEL_ROW, VECTOR, [
          from.map((address, i) => set(address, i32.add(data, i32.mul(i32.load(indices, i * 4), columns * bytes)))),
          set(strip, firstStrip),
          set(to, i32.add(panel, half)),
          count(turn, 0, whole, 1, [
            moveVectors(0),
            moveVectors(VECTOR),
            from.map((address) => advance(address, PANEL_ROW)),
            advance(strip, strips.stride),
            advance(to, (PANEL_ROW / bytes) * PANEL_ROW),
          ]),
          range(0, rest - 1).map(moveNumber),
          advance(indices, width * 4),
          advance(firstStrip, strips.vector),
        ]),
      ]),
    ];
  });
}
