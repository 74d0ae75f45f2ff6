/**
 * The product of a matrix with a batch: out[i] = start + Σ_j w[i][j] in[j] for every example, j in index order.
 *
 * In the forward pass it is z = b + Θ a, in the backward pass Θᵀ δ. A tile is two vectors of examples by 4 or 5 units: its 8 to
 * 10 sums stay in registers, while one number of Θ after the other is copied to all lanes.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local, Operand } from '../assembler/instructions.ts';
import { advance, count, i32, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import { unrolled } from '../assembler/unrolled-loop.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { runsOfFour } from './tiling.ts';

/** Terms per iteration of the unrolled loop. */
const BY = 8;

/** Distances in bytes. */
export interface Strides {
  /** w[i][j] and w[i + 1][j] */
  readonly unit: number;
  /** w[i][j] and w[i][j + 1] */
  readonly term: number;
  /** panels of the inputs */
  readonly input: number;
  /** panels of the outputs, and of what `finish` reads */
  readonly output: number;
}

export interface Product {
  readonly units: number;
  readonly terms: number;
  readonly strides: Strides;
  /** Where sums start: at the unit's bias, or at +0. */
  readonly start: 'bias' | 'zero';
  /** Makes the outputs of one unit from its finished sums; `at` is the address, in a panel like the output's, of what else it reads. */
  readonly finish?: (frame: Frame, sums: readonly Local[], at: Local, offset: number) => Code;
}

/** Defines a function of (w, start, in, out, what `finish` reads, panels): addresses, then how many panels. */
export function defineProduct(module: ModuleBuilder, lanes: Lanes, product: Product): FunctionReference {
  return module.define(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (frame, weights, starts, inputs, outputs, others, panels) =>
      runsOfFour(product.units).map(({ size, count: tiles }) => {
        const tile = frame.local('i32');
        const next = [
          advance(weights, size * product.strides.unit),
          advance(starts, size * lanes.bytes),
          advance(outputs, size * PANEL_ROW),
          advance(others, size * PANEL_ROW),
        ];
        const from = { weights, starts, inputs, outputs, others, panels };
        return count(tile, 0, tiles, 1, [emitTile(frame, lanes, product, size, from), next]);
      }),
  );
}

interface Addresses {
  readonly weights: Local;
  readonly starts: Local;
  readonly inputs: Local;
  readonly outputs: Local;
  readonly others: Local;
  readonly panels: Local;
}

/** `size` units over all panels. */
function emitTile(frame: Frame, lanes: Lanes, product: Product, size: number, from: Addresses): Code {
  return frame.scope(() => {
    const [panel, input, output, other] = frame.locals('i32', 4) as [Local, Local, Local, Local];
    const sums = Array.from({ length: size }, () => frame.locals('v128', 2));
    const start = (unit: number): Operand =>
      product.start === 'bias' ? lanes.spread(from.starts, unit * lanes.bytes) : v128.zero;
    const { finish, strides } = product;
    const rows = addressesOfRows(frame, from.weights, strides.unit, size);
    const terms = { count: product.terms, term: (j: number) => j * strides.term };
    return [
      rows.code,
      set(input, from.inputs),
      set(output, from.outputs),
      set(other, from.others),
      count(panel, 0, from.panels, 1, [
        sums.map((pair, unit) => pair.map((sum) => set(sum, start(unit)))),
        emitTerms(frame, lanes, terms, sums, rows.addresses, input),
        // V8 merges neighbouring loads and stores only if no store lies between them.
        sums.map((pair, unit) => [
          finish?.(frame, pair, other, unit * PANEL_ROW) ?? [],
          pair.map((sum, v) => v128.store(output, sum, unit * PANEL_ROW + v * VECTOR)),
        ]),
        advance(input, product.strides.input),
        advance(output, product.strides.output),
        advance(other, product.strides.output),
      ]),
    ];
  });
}

/** A local for the address of each row: rows that are read at the same offsets share the instruction that adds it. */
export function addressesOfRows(
  frame: Frame,
  first: Local,
  stride: number,
  n: number,
): { code: Code; addresses: readonly Local[] } {
  const addresses = frame.locals('i32', n);
  return { code: addresses.map((address, i) => set(address, i32.add(first, i * stride))), addresses };
}

/** How many terms a sum has, and the bytes from w[i][0] to w[i][j]. */
export interface Terms {
  readonly count: number;
  /** Any eight terms in a row take as many bytes as the first eight. */
  readonly term: (j: number) => number;
}

/** Adds all terms j to the vectors of sums of each unit i: sums[i] += w[i][j] in[j]; `weights` are the addresses of w[i][0]. */
export function emitTerms(
  frame: Frame,
  lanes: Lanes,
  { count, term }: Terms,
  sums: readonly (readonly Local[])[],
  weights: readonly Local[],
  inputs: Local,
): Code {
  return frame.scope(() => {
    const values = frame.locals('v128', sums[0]!.length);
    const spread = frame.local('v128');
    const moving = [
      { from: inputs, stride: PANEL_ROW },
      ...weights.map((from) => ({ from, stride: term(BY) / BY })),
    ] as const;
    return unrolled(frame, { turns: count, by: BY }, moving, ([x, ...w], j) => [
      values.map((value, v) => set(value, v128.load(x!, j * PANEL_ROW + v * VECTOR))),
      sums.map((vectors, i) => [
        set(spread, lanes.spread(w[i]!, term(j))),
        vectors.map((sum, v) => set(sum, lanes.add(sum, lanes.mul(spread, values[v]!)))),
      ]),
    ]);
  });
}
