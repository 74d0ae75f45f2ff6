/**
 * The gradient of one layer's parameters: the means over examples of δ[i] a[j], and of δ[i].
 *
 * Lane k sums the examples k, k + lanes, … in order, from +0; at the end the lanes are added. With two lanes this is the sum of
 * the even examples plus that of the odd ones, as in the reference implementation.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local, Operand } from '../assembler/instructions.ts';
import { advance, count, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import { unrolled } from '../assembler/unrolled-loop.ts';
import { ONE_OVER_M, PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range, runsOf } from './tiling.ts';

export interface GradientShape {
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

/** Vectors of finished gradients, and where their parameters lie. */
export interface FinishedGradients {
  readonly gradients: (vector: number) => Operand;
  /** An address, and the distance in bytes from it to each vector of parameters. */
  readonly theta: Local;
  readonly offsets: readonly number[];
  /** True for weights, false for biases. */
  readonly decays: boolean;
}

/** Code that updates with or stores finished gradients; `coefficients` is the address of the step's. */
export type FinishGradients = (frame: Frame, finished: FinishedGradients, coefficients: Local) => Code;

/** Defines a function of the addresses of a, δ, Θ and the step's coefficients. */
export function defineGradient(
  module: ModuleBuilder,
  lanes: Lanes,
  gradient: GradientShape,
  finish: FinishGradients,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame, a, delta, Theta, coefficients) => {
    const [row, column, theta, rowDelta] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const { columns, rows, pitch } = gradient;
    // Eight sums a tile: two rows by four columns, or more rows where there are fewer columns.
    const width = Math.min(4, columns);
    const height = [8, 4, 3, 2][width - 1]!;
    const from = { a, delta: rowDelta, theta, coefficients };
    return runsOf(width, columns).map(({ size: tileColumns, count: acrossTiles }) =>
      count(column, 0, acrossTiles, 1, [
        set(theta, Theta),
        set(rowDelta, delta),
        runsOf(height, rows).map(({ size: tileRows, count: downTiles }) =>
          count(row, 0, downTiles, 1, [
            emitTile(frame, lanes, gradient, tileRows, tileColumns, from, finish),
            advance(theta, tileRows * pitch),
            advance(rowDelta, tileRows * PANEL_ROW),
          ]),
        ),
        advance(Theta, tileColumns * lanes.bytes),
        advance(a, tileColumns * PANEL_ROW),
      ]),
    );
  });
}

/** Where a tile's a (of a panel or of a strip), δ and Θ are, and the step's coefficients. */
export interface Addresses {
  readonly a: Local;
  readonly delta: Local;
  readonly theta: Local;
  readonly coefficients: Local;
}

function emitTile(
  frame: Frame,
  lanes: Lanes,
  { pitch, aStride, deltaStride, panels }: GradientShape,
  rows: number,
  columns: number,
  from: Addresses,
  finish: FinishGradients,
): Code {
  return frame.scope(() => {
    const sums = Array.from({ length: rows }, () => frame.locals('v128', columns));
    // The shorter side of the tile is held in registers, the longer one streamed past it.
    const isRowHeld = rows <= columns;
    const held = frame.locals('v128', Math.min(rows, columns));
    const streamed = frame.local('v128');
    const term = (heldAt: (i: number) => Code, streamedAt: (i: number) => Code): Code => [
      held.map((value, i) => set(value, heldAt(i))),
      range(0, Math.max(rows, columns) - 1).map((j) => [
        set(streamed, streamedAt(j)),
        held.map((value, i) => {
          const sum = isRowHeld ? sums[i]![j]! : sums[j]![i]!;
          return set(sum, lanes.add(sum, lanes.mul(value, streamed)));
        }),
      ]),
    ];
    const moving = [
      { from: from.a, stride: aStride },
      { from: from.delta, stride: deltaStride },
    ] as const;
    const means = sums.map((row) => emitMeans(frame, lanes, row));
    const vectors = means.flatMap(({ vectors }, i) =>
      vectors.map((vector, v) => ({ vector, at: i * pitch + v * VECTOR })),
    );
    return [
      sums.flat().map((sum) => set(sum, v128.zero)),
      unrolled(frame, { turns: panels, by: 4 }, moving, ([a, delta], panel) =>
        [0, VECTOR].map((half) => {
          const aAt = (j: number): Code => v128.load(a!, panel * aStride + j * PANEL_ROW + half);
          const deltaAt = (i: number): Code => v128.load(delta!, panel * deltaStride + i * PANEL_ROW + half);
          return isRowHeld ? term(deltaAt, aAt) : term(aAt, deltaAt);
        }),
      ),
      means.map(({ code }) => code),
      finish(
        frame,
        {
          gradients: (k) => vectors[k]!.vector,
          theta: from.theta,
          offsets: vectors.map(({ at }) => at),
          decays: true,
        },
        from.coefficients,
      ),
    ];
  });
}

/**
 * Defines a function of the addresses of δ, x, b and the step's coefficients, for a gradient that is the mean of δ[i] x[i], or
 * of δ[i] where there is no x.
 */
export function defineVectorGradient(
  module: ModuleBuilder,
  lanes: Lanes,
  { rows, deltaStride, panels }: Pick<GradientShape, 'rows' | 'deltaStride' | 'panels'>,
  hasX: boolean,
  finish: FinishGradients,
): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame, delta, x, b, coefficients) => {
    const tile = frame.local('i32');
    return runsOf(8, rows).map(({ size, count: tiles }) =>
      frame.scope(() => {
        const sums = frame.locals('v128', size);
        const { code, vectors } = emitMeans(frame, lanes, sums);
        const moving = (from: Local) => ({ from, stride: deltaStride });
        const all = hasX ? ([moving(delta), moving(x)] as const) : ([moving(delta)] as const);
        const term = ([deltaAt, xAt]: readonly Local[], offset: number): Code => {
          const value = v128.load(deltaAt!, offset);
          return xAt ? lanes.mul(value, v128.load(xAt, offset)) : value;
        };
        return count(tile, 0, tiles, 1, [
          sums.map((sum) => set(sum, v128.zero)),
          unrolled(frame, { turns: panels, by: 4 }, all, (addresses, p) =>
            [0, VECTOR].map((half) =>
              sums.map((sum, i) => set(sum, lanes.add(sum, term(addresses, p * deltaStride + i * PANEL_ROW + half)))),
            ),
          ),
          code,
          finish(
            frame,
            { gradients: (k) => vectors[k]!, theta: b, offsets: vectors.map((_, v) => v * VECTOR), decays: false },
            coefficients,
          ),
          advance(delta, size * PANEL_ROW),
          advance(x, size * PANEL_ROW),
          advance(b, size * lanes.bytes),
        ]);
      }),
    );
  });
}

/** Adds the lanes of each sum; `vectors` hold the totals times 1/m, one after the other. */
function emitMeans(frame: Frame, lanes: Lanes, sums: readonly Local[]): { code: Code; vectors: readonly Local[] } {
  const mean = (totals: Code): Code => lanes.mul(totals, lanes.spread(0, ONE_OVER_M));
  const [front, back] = frame.locals('v128', 2) as [Local, Local];
  // (x0 + x2, y0 + y2, x1 + x3, y1 + y3)
  const halves = (x: Operand, y: Operand): Code =>
    lanes.add(lanes.pick(x, y, [0, 4, 1, 5]), lanes.pick(x, y, [2, 6, 3, 7]));
  const totals = lanes.add(lanes.pick(front, back, [0, 1, 4, 5]), lanes.pick(front, back, [2, 3, 6, 7]));
  const vectors = frame.locals('v128', Math.ceil(sums.length / lanes.width));
  const code = vectors.map((vector, k) => {
    const [a, b, c, d] = range(0, lanes.width - 1).map((i) => sums[k * lanes.width + i] ?? v128.zero) as Operand[];
    if (lanes.width === 2) return set(vector, mean(lanes.add(lanes.pick(a!, b!, [0, 2]), lanes.pick(a!, b!, [1, 3]))));
    return [set(front, halves(a!, b!)), set(back, halves(c!, d!)), set(vector, mean(totals))];
  });
  return { code, vectors };
}
