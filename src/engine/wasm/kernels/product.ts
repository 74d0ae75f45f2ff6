/**
 * The product of a matrix with a batch: out[i] = start + Σ_j w[i][j] in[j] for every example, j in index order.
 *
 * In the forward pass it is z = b + Θ a, in the backward pass Θᵀ δ. A tile is two vectors of examples by 4 or 5 units: its 8 to
 * 10 sums stay in registers, while one number of Θ after the other is copied to all lanes. Where sums are long, it is four
 * vectors by 4 or 5 units. As 128-bit vectors these sums need more registers than x86-64 has; merged to 256 bits they do not.
 */
import type { Code } from '../assembler/encoding.ts';
import type { FunctionReference, Local, Operand } from '../assembler/instructions.ts';
import { advance, count, i32, repeat, set, when } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { Frame, ModuleBuilder } from '../assembler/module.ts';
import { unrolled } from '../assembler/unrolled-loop.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';
import { range, runsOfFour } from './tiling.ts';

/** Terms per iteration of the unrolled loop. */
const BY = 8;

/** Sums of so many terms are computed for two panels, or strips, at once. */
export const LONG = 80;

/** Distances in bytes. */
export interface Strides {
  /** w[i][j] and w[i + 1][j] */
  readonly unit: number;
  /** w[i][j] and w[i][j + 1] */
  readonly term: number;
  /** panels of the inputs */
  readonly input: number;
  /** panels of the outputs */
  readonly output: number;
}

export interface Product {
  readonly units: number;
  readonly terms: number;
  readonly strides: Strides;
  /** Where sums start: at the unit's bias, or at +0. */
  readonly start: 'bias' | 'zero';
}

/** Defines a function of (w, start, in, out, panels): addresses, then how many panels. */
export function defineProduct(module: ModuleBuilder, lanes: Lanes, product: Product): FunctionReference {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame, weights, starts, inputs, outputs, panels) =>
    runsOfFour(product.units).map(({ size, count: tiles }) => {
      const tile = frame.local('i32');
      const next = [
        advance(weights, size * product.strides.unit),
        advance(starts, size * lanes.bytes),
        advance(outputs, size * PANEL_ROW),
      ];
      const from = { weights, starts, inputs, outputs, panels };
      return count(tile, 0, tiles, 1, [emitTile(frame, lanes, product, size, from), next]);
    }),
  );
}

interface Addresses {
  readonly weights: Local;
  readonly starts: Local;
  readonly inputs: Local;
  readonly outputs: Local;
  readonly panels: Local;
}

/** `size` units over all panels, two at once where sums are long. */
function emitTile(frame: Frame, lanes: Lanes, product: Product, size: number, from: Addresses): Code {
  return frame.scope(() => {
    const [left, input, output] = frame.locals('i32', 3) as [Local, Local, Local];
    const { strides } = product;
    const start = (unit: number): Operand =>
      product.start === 'bias' ? lanes.spread(from.starts, unit * lanes.bytes) : v128.zero;
    const rows = addressesOfRows(frame, from.weights, strides.unit, size);
    /** The next `together` panels. */
    const turn = (together: number): Code =>
      frame.scope(() => {
        const sums = Array.from({ length: size }, () => frame.locals('v128', 2 * together));
        const inputs = { address: input, stride: PANEL_ROW, offset: offsetOf(strides.input) };
        return [
          sums.map((vectors, unit) => vectors.map((sum) => set(sum, start(unit)))),
          emitTerms(
            frame,
            lanes,
            { count: product.terms, term: (j) => j * strides.term },
            sums,
            rows.addresses,
            inputs,
          ),
          sums.map((vectors, unit) =>
            vectors.map((sum, v) => v128.store(output, sum, unit * PANEL_ROW + offsetOf(strides.output)(v))),
          ),
          advance(input, together * strides.input),
          advance(output, together * strides.output),
          set(left, i32.sub(left, together)),
        ];
      });
    const most = product.terms < LONG ? 1 : 2;
    return [
      rows.code,
      set(left, from.panels),
      set(input, from.inputs),
      set(output, from.outputs),
      range(1, most)
        .reverse()
        .map((together) => {
          const isLeft = i32.less(together - 1, left);
          return when(isLeft, repeat(turn(together), isLeft));
        }),
    ];
  });
}

/** Where vector v lies that goes on after two vectors in the next panel or strip. */
export const offsetOf =
  (stride: number) =>
  (v: number): number =>
    Math.floor(v / 2) * stride + (v % 2) * VECTOR;

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

/** Where the vectors of in[0] lie, and how many bytes later those of in[1] do. */
export interface Inputs {
  readonly address: Local;
  readonly offset: (v: number) => number;
  readonly stride: number;
}

/** Adds all terms j to the vectors of sums of each unit i: sums[i] += w[i][j] in[j]; `weights` are the addresses of w[i][0]. */
export function emitTerms(
  frame: Frame,
  lanes: Lanes,
  { count, term }: Terms,
  sums: readonly (readonly Local[])[],
  weights: readonly Local[],
  inputs: Inputs,
): Code {
  return frame.scope(() => {
    const values = frame.locals('v128', sums[0]!.length);
    const spread = frame.local('v128');
    const moving = [
      { from: inputs.address, stride: inputs.stride },
      ...weights.map((from) => ({ from, stride: term(BY) / BY })),
    ] as const;
    return unrolled(frame, { turns: count, by: BY }, moving, ([x, ...w], j) => [
      values.map((value, v) => set(value, v128.load(x!, j * inputs.stride + inputs.offset(v)))),
      sums.map((vectors, i) => [
        set(spread, lanes.spread(w[i]!, term(j))),
        vectors.map((sum, v) => set(sum, lanes.add(sum, lanes.mul(spread, values[v]!)))),
      ]),
    ]);
  });
}
