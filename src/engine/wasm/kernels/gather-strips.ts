/**
 * Copies a batch's examples, selected by index, from the data into both strips and panels. Blocks of four examples by four
 * columns go to the strips as they are, and transposed to the panels.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local } from '../assembler/instructions.ts';
import { advance, count, i32, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame } from '../assembler/module.ts';
import type { Target } from '../kernels.ts';
import type { StripLayout } from '../memory-layout.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range } from './tiling.ts';

/** Numbers a vector: strips are of float32. */
const FOUR = 4;

/** Defines a function like that of `defineGather`, which also fills the strips. */
export function defineGatherStrips(
  { module, lanes, layout }: Target,
  { columns, target, stride, strips }: { columns: number; target: number; stride: number; strips: StripLayout },
): FunctionReference {
  const { bytes, numbers } = lanes;
  const whole = Math.floor((columns * bytes) / PANEL_ROW);
  const rest = columns - (whole * PANEL_ROW) / bytes;
  return module.define(['i32', 'i32'], (frame, indices, data) => {
    const [panel, half, turn] = frame.locals('i32', 3) as [Local, Local, Local];
    const [firstStrip, strip, to] = frame.locals('i32', 3) as [Local, Local, Local];
    const from = frame.locals('i32', FOUR);
    const moveVectors = (at: number): Code =>
      frame.scope(() => {
        const rows = frame.locals('v128', FOUR);
        const { code, columns } = emitTranspose(frame, lanes, rows);
        return [
          rows.map((row, i) => set(row, v128.load(from[i]!, at))),
          rows.map((row, i) => v128.store(strip, row, i * PANEL_ROW + at)),
          code,
          columns.map((column, j) => v128.store(to, column, (at / bytes + j) * PANEL_ROW)),
        ];
      });
    const moveNumber = (j: number): Code =>
      from.map((address, i) => {
        const number = numbers.load(address, j * bytes);
        return [
          numbers.store(strip, number, i * PANEL_ROW + j * bytes),
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
          advance(indices, FOUR * 4),
          advance(firstStrip, FOUR * PANEL_ROW),
        ]),
      ]),
    ];
  });
}

/** Transposes a 4 × 4 matrix: run `code` first, then each column's code gives that column. */
function emitTranspose(frame: Frame, lanes: Lanes, rows: readonly Local[]): { code: Code; columns: readonly Code[] } {
  const [a, b, c, d] = rows as [Local, Local, Local, Local];
  const [ab01, cd01, ab23, cd23] = frame.locals('v128', 4) as [Local, Local, Local, Local];
  const code = [
    set(ab01, lanes.pick(a, b, [0, 4, 1, 5])),
    set(cd01, lanes.pick(c, d, [0, 4, 1, 5])),
    set(ab23, lanes.pick(a, b, [2, 6, 3, 7])),
    set(cd23, lanes.pick(c, d, [2, 6, 3, 7])),
  ];
  const both = (ab: Local, cd: Local): Code[] => [lanes.pick(ab, cd, [0, 1, 4, 5]), lanes.pick(ab, cd, [2, 3, 6, 7])];
  return { code, columns: [...both(ab01, cd01), ...both(ab23, cd23)] };
}
