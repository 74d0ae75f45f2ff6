/** Turns panels into strips, by blocks of as many examples as units. */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local } from '../assembler/instructions.ts';
import { advance, count, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import type { PanelLayout, StripLayout } from '../memory-layout.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range } from './tiling.ts';

/** Transposes a square matrix of one row a vector: run `code` first, then each column's code gives that column. */
export function emitTranspose(
  frame: Frame,
  lanes: Lanes,
  rows: readonly Local[],
): { code: Code; columns: readonly Code[] } {
  const [a, b, c, d] = rows as [Local, Local, Local, Local];
  if (lanes.width === 2) return { code: [], columns: [lanes.pick(a, b, [0, 2]), lanes.pick(a, b, [1, 3])] };
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

/** Defines a function of (a) that fills the whole strips of a layer from its `panels`. */
export function defineToStrips(
  module: ModuleBuilder,
  lanes: Lanes,
  { units, stride }: PanelLayout,
  panels: number,
  strips: StripLayout,
): FunctionReference {
  const { bytes, width } = lanes;
  const perStrip = PANEL_ROW / bytes;
  return module.define(['i32'], (frame, a) => {
    const [panel, turn, from, strip, to] = frame.locals('i32', 5) as [Local, Local, Local, Local, Local];
    /** A block of one half of the panel's examples by one half of the strip's units. */
    const move = (half: number, part: number): Code =>
      frame.scope(() => {
        const rows = frame.locals('v128', width);
        const { code, columns } = emitTranspose(frame, lanes, rows);
        return [
          rows.map((row, i) => set(row, v128.load(from, (part * width + i) * PANEL_ROW + half * VECTOR))),
          code,
          columns.map((column, e) => v128.store(to, column, half * strips.vector + e * strips.example + part * VECTOR)),
        ];
      });
    return [
      set(strip, strips.address),
      count(panel, 0, panels, 1, [
        set(from, a),
        set(to, strip),
        count(turn, 0, Math.floor(units / perStrip), 1, [
          range(0, 1).map((half) => range(0, 1).map((part) => move(half, part))),
          advance(from, perStrip * PANEL_ROW),
          advance(to, strips.stride),
        ]),
        advance(a, stride),
        advance(strip, 2 * strips.vector),
      ]),
    ];
  });
}
