/**
 * The gradient of Θ where a lies in strips: each lane is a column of Θ and sums examples in order, from +0. The factors δ lie
 * in panels.
 *
 * In several partial sums, one after the other, it adds the numbers that the lanes of a panel's vector would, and at the end
 * the sums as those lanes: the bits are the same.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local } from '../assembler/instructions.ts';
import { advance, count, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import { ONE_OVER_M, PANEL_ROW, VECTOR } from '../memory-layout.ts';
import type { Addresses, FinishGradients } from './gradient.ts';
import { addressesOfRows, emitTerms, LONG, offsetOf } from './product.ts';
import { runsOfFour } from './tiling.ts';

export interface StripGradient {
  /** Units of the next layer: rows of Θ. */
  readonly rows: number;
  /** Bytes a row of Θ. */
  readonly pitch: number;
  /** Bytes a strip of a, and a panel of δ. */
  readonly aStride: number;
  readonly deltaStride: number;
  /** The numbers of panels, of strips, and of vectors used of each strip. */
  readonly panels: number;
  readonly strips: number;
  readonly vectors: 1 | 2;
  /** The number of partial sums, and where those of a tile are kept. */
  readonly sums: 1 | 2 | 4;
  readonly partialSums: number;
}

/** Defines a function of the addresses of the strips, of δ, of Θ at their columns, and of the step's coefficients. */
export function defineStripGradient(
  module: ModuleBuilder,
  lanes: Lanes,
  gradient: StripGradient,
  finish: FinishGradients,
): FunctionReference {
  const { rows, pitch, aStride, panels, strips, vectors } = gradient;
  const examples = (panels * PANEL_ROW) / lanes.bytes;
  const pairs = examples < LONG ? 0 : Math.floor(strips / 2);
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame, a, delta, Theta, coefficients) => {
    const [tile, turn, strip, theta] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const from = { a: strip, delta, theta, coefficients };
    return runsOfFour(rows).map(({ size, count: tiles }) =>
      count(tile, 0, tiles, 1, [
        set(strip, a),
        set(theta, Theta),
        [
          { together: 2, turns: pairs },
          { together: 1, turns: strips - 2 * pairs },
        ].map(({ together, turns }) =>
          turns === 0
            ? []
            : count(turn, 0, turns, 1, [
                emitTile(frame, lanes, gradient, size, together * vectors, from, finish),
                advance(strip, together * aStride),
                advance(theta, together * PANEL_ROW),
              ]),
        ),
        advance(delta, size * PANEL_ROW),
        advance(Theta, size * pitch),
      ]),
    );
  });
}

/** `size` rows of Θ at the columns of one strip or two, which take so many `vectors`. */
function emitTile(
  frame: Frame,
  lanes: Lanes,
  { pitch, aStride, deltaStride, panels, sums: partial, partialSums }: StripGradient,
  size: number,
  vectors: number,
  { a: strip, delta, theta, coefficients }: Addresses,
  finish: FinishGradients,
): Code {
  return frame.scope(() => {
    const sums = Array.from({ length: size }, () => frame.locals('v128', vectors));
    const perPanel = PANEL_ROW / lanes.bytes;
    const terms = {
      count: (panels * perPanel) / partial,
      term: (j: number) => {
        const e = j * partial;
        return Math.floor(e / perPanel) * deltaStride + (e % perPanel) * lanes.bytes;
      },
    };
    const rows = addressesOfRows(frame, delta, PANEL_ROW, size);
    const [from, to, turn] = frame.locals('i32', 3) as [Local, Local, Local];
    const bytes = size * vectors * VECTOR;
    const sum: Code = [
      sums.flat().map((sum) => set(sum, v128.zero)),
      emitTerms(frame, lanes, terms, sums, rows.addresses, {
        address: from,
        stride: PANEL_ROW,
        offset: offsetOf(aStride),
      }),
    ];
    const keep: Code = [
      sums.flat().map((sum, k) => v128.store(to, sum, k * VECTOR)),
      rows.addresses.map((address) => advance(address, lanes.bytes)),
      advance(from, terms.count * PANEL_ROW),
      advance(to, bytes),
    ];
    const kept = (k: number, sum: number): Code => v128.load(0, partialSums + sum * bytes + k * VECTOR);
    const both = (k: number, first: number, step: number): Code => lanes.add(kept(k, first), kept(k, first + step));
    const total = (k: number): Code => (partial === 2 ? both(k, 0, 1) : lanes.add(both(k, 0, 2), both(k, 1, 2)));
    return [
      rows.code,
      set(from, strip),
      partial === 1
        ? sum
        : [
            set(to, partialSums),
            count(turn, 0, partial, 1, [sum, keep]),
            sums.flat().map((sum, k) => set(sum, total(k))),
          ],
      sums.map((row, i) => {
        const offsets = row.map((_, v) => i * pitch + v * VECTOR);
        const gradients = (v: number): Code => lanes.mul(row[v]!, lanes.spread(0, ONE_OVER_M));
        return finish(frame, { gradients, theta, offsets, decays: true }, coefficients);
      }),
    ];
  });
}
