/** The cost J: the mean loss over the examples, plus an optional L2 penalty on the weights. */
import { checkOptions } from './check-options.ts';
import { forward } from './forward.ts';
import type { Network, Parameters } from './network.ts';
import { checkFinite, type Matrix, matrix } from './numeric/matrix.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** Sums over examples in two lanes, even and odd, each in order from 0, and adds the lanes. */
export function sumOverExamples(m: number, term: (e: number) => number): number {
  let even = 0;
  let odd = 0;
  for (let e = 0; e + 1 < m; e += 2) {
    even += term(e);
    odd += term(e + 1);
  }
  if (m % 2 === 1) even += term(m - 1);
  return even + odd;
}

/** The mean loss, and δ^(L), from z^(L) and the targets. */
export function outputTerms(net: Network, z: Matrix, Y: Matrix): { loss: number; delta: Matrix } {
  const delta = matrix(z.rows, z.cols);
  const row = (m: Matrix, e: number) => Array.from(m.data.subarray(e * m.cols, (e + 1) * m.cols));
  const sum = sumOverExamples(z.rows, (e) => {
    const parts = net.output.formula(numbers, row(z, e), row(Y, e));
    delta.data.set(parts.delta, e * z.cols);
    return parts.loss;
  });
  return { loss: sum * (1 / z.rows), delta };
}

/** ½λ ΣΘ², layer by layer. */
export function penalty({ Theta }: Parameters, l2: number): number {
  return l2 === 0 ? 0 : 0.5 * l2 * Theta.reduce((sum, m) => sum + m.data.reduce((s, x) => s + x * x, 0), 0);
}

/**
 * J for examples X (m × units[0]) and targets Y (m × units[L−1]); `l2` is λ of the penalty ½λ ΣΘ².
 * Throws as `backward` does.
 */
export function cost(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  options: { l2?: number } = {},
): number {
  checkOptions('cost', options, { l2: false });
  checkData(net, X, Y);
  const { z } = forward(net, parameters, X);
  return outputTerms(net, z[net.L]!, Y).loss + penalty(parameters, options.l2 ?? 0);
}

/** How far from 1 the sum of a target distribution may be. */
const SUM_TOLERANCE = 1e-9;

/** Throws unless X and Y fit the network: their shapes, finite numbers, targets that the output can take. */
export function checkData(net: Network, X: Matrix, Y: Matrix): void {
  const K = net.units[net.L - 1]!;
  if (X.cols !== net.units[0])
    throw new RangeError(`X is ${X.rows}×${X.cols}, but the network reads ${net.units[0]} inputs`);
  if (Y.cols !== K || Y.rows !== X.rows) throw new RangeError(`Y must be ${X.rows}×${K}, not ${Y.rows}×${Y.cols}`);
  if (X.rows === 0) throw new RangeError('there must be at least one example');
  checkFinite('X', X);
  checkFinite('Y', Y);
  const { targets, name } = net.output;
  if (targets === 'any') return;
  const outside = Y.data.findIndex((y) => y < 0 || y > 1);
  if (outside >= 0)
    throw new RangeError(
      `${name} needs targets within [0, 1], but example ${Math.floor(outside / K)} has ${Y.data[outside]}`,
    );
  if (targets === 'probability') return;
  for (let e = 0; e < Y.rows; e++) {
    const sum = Y.data.subarray(e * K, (e + 1) * K).reduce((s, y) => s + y, 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      throw new RangeError(`${name} needs targets that sum to 1, but those of example ${e} sum to ${sum}`);
  }
}
