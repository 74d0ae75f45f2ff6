/**
 * Layer normalisation (Ba, Kiros & Hinton 2016): the n pre-activations of a layer, for each example, minus their mean and
 * divided by their standard deviation, then scaled and shifted by trained γ and β.
 *
 *     μ = (1/n) Σ z_i,   r = 1/√((1/n) Σ (z_i − μ)² + ε),   ẑ_i = (z_i − μ) r,   u_i = γ_i ẑ_i + β_i
 *
 * With d = ∂(loss)/∂u and c = γ ⊙ d, its error is δ_i = r (c_i − (1/n) Σ c_k − ẑ_i (1/n) Σ c_k ẑ_k), and ∂(loss)/∂γ = d ⊙ ẑ,
 * ∂(loss)/∂β = d. Sums run over units in index order. The formulas over `Ops` are compiled for vectors too.
 */

import { type Matrix, matrix } from './numeric/matrix.ts';
import type { Ops } from './numeric/ops.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** ε keeps r finite where all z of an example are equal. */
const EPSILON = 1e-5;

/** A sum over n units divided by n. */
export const meanOf = <T, M>(f: Ops<T, M>, sum: T, n: number): T => f.mul(sum, f.constant(1 / n));

/** r from Σ (z_i − μ)². */
export const inverseDeviation = <T, M>(f: Ops<T, M>, squares: T, n: number): T =>
  f.div(f.constant(1), f.sqrt(f.add(meanOf(f, squares, n), f.constant(EPSILON))));

/** δ_i from c_i, ẑ_i, r and the means of c and of c ⊙ ẑ. */
export const normalisedDelta = <T, M>(f: Ops<T, M>, of: { c: T; hat: T; r: T; mean: T; along: T }): T =>
  f.mul(f.sub(f.sub(of.c, of.mean), f.mul(of.hat, of.along)), of.r);

/** Of a normalised layer, an example a row. */
export interface Normalised {
  /** ẑ. */
  readonly hat: Matrix;
  /** r of each example. */
  readonly r: Float64Array;
  /** γẑ + β, to which the activation is applied. */
  readonly u: Matrix;
}

/** Normalises z, m × n. */
export function normalise(z: Matrix, gamma: Float64Array, beta: Float64Array): Normalised {
  const n = z.cols;
  const hat = matrix(z.rows, n);
  const u = matrix(z.rows, n);
  const r = new Float64Array(z.rows);
  for (let e = 0; e < z.rows; e++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += z.data[e * n + i]!;
    const mean = meanOf(numbers, sum, n);
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (z.data[e * n + i]! - mean) * (z.data[e * n + i]! - mean);
    const factor = inverseDeviation(numbers, squares, n);
    r[e] = factor;
    for (let i = 0; i < n; i++) {
      const at = e * n + i;
      hat.data[at] = (z.data[at]! - mean) * factor;
      u.data[at] = gamma[i]! * hat.data[at]! + beta[i]!;
    }
  }
  return { hat, r, u };
}

/** δ = ∂(loss)/∂z from d = ∂(loss)/∂u, m × n. */
export function normaliseBackward(d: Matrix, { hat, r }: Normalised, gamma: Float64Array): Matrix {
  const n = d.cols;
  const delta = matrix(d.rows, n);
  for (let e = 0; e < d.rows; e++) {
    const c = gamma.map((g, i) => g * d.data[e * n + i]!);
    let sum = 0;
    let sumAlong = 0;
    for (let i = 0; i < n; i++) {
      sum += c[i]!;
      sumAlong += c[i]! * hat.data[e * n + i]!;
    }
    const mean = meanOf(numbers, sum, n);
    const along = meanOf(numbers, sumAlong, n);
    for (let i = 0; i < n; i++) {
      const at = e * n + i;
      delta.data[at] = normalisedDelta(numbers, { c: c[i]!, hat: hat.data[at]!, r: r[e]!, mean, along });
    }
  }
  return delta;
}
