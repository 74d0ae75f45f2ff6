/**
 * Backpropagation: the reference implementation. With δ^(l) = ∂(loss of an example)/∂z^(l), and J a mean over m examples:
 *
 *     δ^(L)     = a^(L) − y                         for a matched output and loss, else (a^(L) − y) ⊙ g′(z^(L))
 *     δ^(l)     = ((Θ^(l))ᵀ δ^(l+1)) ⊙ g′(z^(l))    for l = L−1 … 2
 *     ∂J/∂Θ^(l) = (1/m) Σ δ^(l+1) (a^(l))ᵀ          summed over examples; with a penalty, + λΘ^(l)
 *     ∂J/∂b^(l) = (1/m) Σ δ^(l+1)
 *
 * Sums over units run in index order. Sums over examples run in two lanes, even and odd, which are added at the end. A
 * vector of two doubles sums in this order too, so the WebAssembly backend gives the same bits.
 */
import { checkData, outputTerms, penalty, sumOverExamples } from './cost.ts';
import { forwardWithSlopes, type Masks } from './forward.ts';
import { buildParameters, type Network, type Parameters } from './network.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';

/** The cost of m examples, the errors δ of each example, and the gradient of the cost. */
export interface Backward {
  /** The mean loss, plus the penalty if `l2` is given. */
  readonly J: number;
  /** delta[l] is m × units of layer l, an example a row, for l = 2…L; slots 0 and 1 are empty. */
  readonly delta: readonly Matrix[];
  /** ∂J/∂Theta[l] and ∂J/∂b[l], in the shape of the parameters. */
  readonly gradient: Parameters;
}

/**
 * J, δ and the gradient for examples X (m × units[0]) and targets Y (m × units[L−1]). `l2` is λ of the penalty ½λ ΣΘ² on
 * the weights (not the biases), `masks` are dropout's.
 * Throws if a shape does not fit, a number in X or Y is not finite, or the output cannot take the targets in Y.
 */
export function backward(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  options: { l2?: number; masks?: Masks } = {},
): Backward {
  checkData(net, X, Y);
  return propagate(net, parameters, X, Y, options);
}

/** `backward` without checking the data. */
export function propagate(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
  { l2 = 0, masks = [] }: { l2?: number; masks?: Masks },
): Backward {
  const { z, a, slope } = forwardWithSlopes(net, parameters, X, masks);
  const { loss, delta: last } = outputTerms(net, z[net.L]!, Y);
  const delta: Matrix[] = Array.from({ length: net.L }, () => matrix(0, 0));
  delta[net.L] = last;
  for (let l = net.L - 1; l >= 2; l--) delta[l] = hiddenDelta(parameters.Theta[l]!, delta[l + 1]!, slope[l]!, masks[l]);
  const gradient = buildParameters(net, (l) => ({
    Theta: weightGradient(delta[l + 1]!, a[l]!, parameters.Theta[l]!, l2),
    b: net.bias ? biasGradient(delta[l + 1]!) : new Float64Array(delta[l + 1]!.cols),
  }));
  return { J: loss + penalty(parameters, l2), delta, gradient };
}

/** δ_i = (Σ_k Θ_ki δ_k) g′(z_i), for each example; a dropout mask multiplies the sum. */
function hiddenDelta(Theta: Matrix, next: Matrix, slope: Matrix, mask: Matrix | undefined): Matrix {
  const n = Theta.cols;
  const delta = matrix(slope.rows, n);
  for (let e = 0; e < slope.rows; e++)
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k < Theta.rows; k++) sum += Theta.data[k * n + i]! * next.data[e * Theta.rows + k]!;
      const at = e * n + i;
      delta.data[at] = (mask ? sum * mask.data[at]! : sum) * slope.data[at]!;
    }
  return delta;
}

/** ∂J/∂Θ_ij = (1/m) Σ δ_i a_j + λΘ_ij, δ of layer l+1 and a of layer l. */
function weightGradient(delta: Matrix, a: Matrix, Theta: Matrix, l2: number): Matrix {
  const m = delta.rows;
  const gradient = matrix(delta.cols, a.cols);
  for (let i = 0; i < delta.cols; i++)
    for (let j = 0; j < a.cols; j++) {
      const sum = sumOverExamples(m, (e) => delta.data[e * delta.cols + i]! * a.data[e * a.cols + j]!);
      const at = i * a.cols + j;
      const mean = sum * (1 / m);
      gradient.data[at] = l2 === 0 ? mean : mean + l2 * Theta.data[at]!;
    }
  return gradient;
}

/** ∂J/∂b_i = (1/m) Σ δ_i. */
function biasGradient(delta: Matrix): Float64Array {
  const m = delta.rows;
  return Float64Array.from(
    { length: delta.cols },
    (_, i) => sumOverExamples(m, (e) => delta.data[e * delta.cols + i]!) * (1 / m),
  );
}
