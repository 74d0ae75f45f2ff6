/**
 * The gradient of one layer's parameters: the sums over examples of δ[i] a[j], and of δ[i].
 *
 * Lane k sums the examples k, k + lanes, … in order, from +0; at the end the lanes are added. With two lanes that is the sum of
 * the even examples plus the sum of the odd ones.
 */
import type { Code } from './encoding.ts';
import type { FunctionReference, Local, Operand } from './instructions.ts';
import { advance, count, i32, repeat, set } from './instructions.ts';
import type { Lanes } from './lanes.ts';
import { v128 } from './lanes.ts';
import { PANEL_ROW, VECTOR } from './layout.ts';
import type { Frame, ModuleBuilder } from './module.ts';
import { runsOf } from './tiling.ts';

export interface Gradient {
  /** Units of this layer: columns of Θ. */
  readonly columns: number;
  /** Units of the next layer: rows of Θ. */
  readonly rows: number;
  /** Bytes a row of Θ. */
  readonly pitch: number;
  /** Bytes a panel of a and of δ. */
  readonly aStride: number;
  readonly deltaStride: number;
  /** How many panels there are. */
  readonly panels: number;
}

/** Scales a vector of finished sums. */
type Finish = (sums: Code) => Code;

/** Defines a function of the addresses of a, δ and ∂J/∂Θ. */
export function defineGradient(
  module: ModuleBuilder,
  lanes: Lanes,
  gradient: Gradient,
  finish: Finish,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32'], (frame, a, delta, target) => {
    const [row, column, rowTarget, rowDelta] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const { columns, rows, pitch } = gradient;
    // Eight sums a tile: two rows by four columns, or more rows where there are fewer columns.
    const width = Math.min(4, columns);
    const height = [8, 4, 3, 2][width - 1]!;
    return runsOf(width, columns).map(({ size: tileColumns, count: acrossTiles }) =>
      count(column, 0, acrossTiles, 1, [
        set(rowTarget, target),
        set(rowDelta, delta),
        runsOf(height, rows).map(({ size: tileRows, count: downTiles }) =>
          count(row, 0, downTiles, 1, [
            emitTile(frame, lanes, gradient, tileRows, tileColumns, { a, delta: rowDelta, target: rowTarget }, finish),
            advance(rowTarget, tileRows * pitch),
            advance(rowDelta, tileRows * PANEL_ROW),
          ]),
        ),
        advance(target, tileColumns * lanes.bytes),
        advance(a, tileColumns * PANEL_ROW),
      ]),
    );
  });
}

interface Addresses {
  readonly a: Local;
  readonly delta: Local;
  readonly target: Local;
}

function emitTile(
  frame: Frame,
  lanes: Lanes,
  gradient: Gradient,
  rows: number,
  columns: number,
  from: Addresses,
  finish: Finish,
): Code {
  return frame.scope(() => {
    const [a, delta, end] = frame.locals('i32', 3) as [Local, Local, Local];
    const { aStride, deltaStride, panels } = gradient;
    const sums = Array.from({ length: rows }, () => frame.locals('v128', columns));
    const values = frame.locals('v128', Math.min(rows, columns));
    const streamed = frame.local('v128');
    const aAt = (j: number, v: number): Code => v128.load(a, j * PANEL_ROW + v * VECTOR);
    const deltaAt = (i: number, v: number): Code => v128.load(delta, i * PANEL_ROW + v * VECTOR);
    const accumulate = (i: number, j: number, d: Local, x: Local): Code =>
      set(sums[i]![j]!, lanes.add(sums[i]![j]!, lanes.mul(d, x)));
    // The shorter side of the tile is held in registers, the longer one streamed past it.
    const byRow = (v: number): Code => [
      values.map((value, i) => set(value, deltaAt(i, v))),
      Array.from({ length: columns }, (_, j) => [
        set(streamed, aAt(j, v)),
        values.map((value, i) => accumulate(i, j, value, streamed)),
      ]),
    ];
    const byColumn = (v: number): Code => [
      values.map((value, j) => set(value, aAt(j, v))),
      Array.from({ length: rows }, (_, i) => [
        set(streamed, deltaAt(i, v)),
        values.map((value, j) => accumulate(i, j, streamed, value)),
      ]),
    ];
    const term = rows <= columns ? byRow : byColumn;
    return [
      set(a, from.a),
      set(delta, from.delta),
      sums.flat().map((sum) => set(sum, v128.zero)),
      set(end, i32.add(a, panels * aStride)),
      repeat([term(0), term(1), advance(a, aStride), advance(delta, deltaStride)], i32.unequal(a, end)),
      sums.map((row, i) => storeSums(frame, lanes, row, from.target, i * gradient.pitch, finish)),
    ];
  });
}

/** Defines a function of the addresses of δ and ∂J/∂b: the sums of δ[i] over examples. */
export function defineBiasGradient(
  module: ModuleBuilder,
  lanes: Lanes,
  { rows, deltaStride, panels }: Pick<Gradient, 'rows' | 'deltaStride' | 'panels'>,
  finish: Finish,
): FunctionReference {
  return module.define(['i32', 'i32'], (frame, delta, target) => {
    const [tile, panel, from] = frame.locals('i32', 3) as [Local, Local, Local];
    return runsOf(4, rows).map(({ size, count: tiles }) =>
      frame.scope(() => {
        const sums = frame.locals('v128', size);
        const term = (v: number): Code =>
          sums.map((sum, i) => set(sum, lanes.add(sum, v128.load(from, i * PANEL_ROW + v * VECTOR))));
        return count(tile, 0, tiles, 1, [
          set(from, delta),
          sums.map((sum) => set(sum, v128.zero)),
          count(panel, 0, panels, 1, [term(0), term(1), advance(from, deltaStride)]),
          storeSums(frame, lanes, sums, target, 0, finish),
          advance(delta, size * PANEL_ROW),
          advance(target, size * lanes.bytes),
        ]);
      }),
    );
  });
}

/** Adds the lanes of each of up to four sums and stores the totals one after the other. */
function storeSums(
  frame: Frame,
  lanes: Lanes,
  sums: readonly Local[],
  target: Local,
  offset: number,
  finish: Finish,
): Code {
  const sum = (i: number): Operand => sums[i] ?? v128.zero;
  if (lanes.width === 2) {
    return Array.from({ length: Math.ceil(sums.length / 2) }, (_, i) => {
      const [x, y] = [sum(2 * i), sum(2 * i + 1)];
      const totals = lanes.add(lanes.pick(x, y, [0, 2]), lanes.pick(x, y, [1, 3]));
      return v128.store(target, finish(totals), offset + i * VECTOR);
    });
  }
  // (x0 + x2, y0 + y2, x1 + x3, y1 + y3)
  const halves = (x: Operand, y: Operand): Code =>
    lanes.add(lanes.pick(x, y, [0, 4, 1, 5]), lanes.pick(x, y, [2, 6, 3, 7]));
  return frame.scope(() => {
    const [front, back] = frame.locals('v128', 2) as [Local, Local];
    return [
      set(front, halves(sum(0), sum(1))),
      set(back, halves(sum(2), sum(3))),
      v128.store(
        target,
        finish(lanes.add(lanes.pick(front, back, [0, 1, 4, 5]), lanes.pick(front, back, [2, 3, 6, 7]))),
        offset,
      ),
    ];
  });
}
