/**
 * Backpropagation: the reference implementation. With δ^(l) = ∂(loss of an example)/∂z^(l), and J a mean over m examples:
 *
 *     δ^(L)     = a^(L) − y                         for a matched output and loss, else (a^(L) − y) ⊙ g′(z^(L))
 *     δ^(l)     = ((Θ^(l))ᵀ δ^(l+1)) ⊙ g′(z^(l))    for l = L−1 … 2
 *     ∂J/∂Θ^(l) = (1/m) Σ δ^(l+1) (a^(l))ᵀ          summed over examples; with a penalty, + λΘ^(l)
 *     ∂J/∂b^(l) = (1/m) Σ δ^(l+1)
 *
 * With e^(l) = ∂(loss of an example)/∂a^(l), a residual connection to layer l+1 adds to e^(l) what it passes on:
 *
 *     e^(l)     = (Θ^(l))ᵀ δ^(l+1) + e^(l+1)
 *     δ^(l)     = e^(l) ⊙ g′                        without layer normalisation; with it, `layer-norm.ts` takes e^(l) ⊙ g′ to δ^(l)
 *
 * Sums over units run in index order. Sums over examples run in two lanes, even and odd, which are added at the end. A
 * vector of two doubles sums in this order too, so the WebAssembly backend gives the same bits.
 */
import { checkOptions } from './check-options.ts';
import { checkData, outputTerms, penalty, sumOverExamples } from './cost.ts';
import { addTo, forwardWithSlopes, type HiddenTerms, type Masks } from './forward.ts';
import { normaliseBackward } from './layer-norm.ts';
import { buildParameters, type Network, type Parameters } from './network.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';

/** The cost of m examples, the errors δ of each example, and the gradient of the cost. */
export interface Backward {
  /** The mean loss, plus the penalty if `l2` is given. */
  readonly J: number;
  /** delta[l] is m × units of layer l, an example a row, for l = 2…L; slots 0 and 1 are empty. */
  readonly delta: readonly Matrix[];
  /** ∂J/∂Theta[l] and ∂J/∂b[l], and with layer normalisation ∂J/∂gamma[l] and ∂J/∂beta[l], in the shape of the parameters. */
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
  checkOptions('backward', options, { l2: false, masks: false });
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
  const { z, a, ...terms } = forwardWithSlopes(net, parameters, X, masks);
  const { loss, delta: last } = outputTerms(net, z[net.L]!, Y);
  const { delta, unscaled } = hiddenDeltas(net, parameters, terms, masks, last);
  const gradient = buildParameters(
    net,
    (l) => ({
      Theta: weightGradient(delta[l + 1]!, a[l]!, parameters.Theta[l]!, l2),
      b: net.bias ? meanOverExamples(delta[l + 1]!) : new Float64Array(delta[l + 1]!.cols),
    }),
    (l) => ({
      gamma: meanOverExamples(unscaled[l]!, terms.normalised[l]!.hat),
      beta: meanOverExamples(unscaled[l]!),
    }),
  );
  return { J: loss + penalty(parameters, l2), delta, gradient };
}

/** δ of every layer, and where layer l is normalised, unscaled[l] = ∂(loss of an example)/∂(γẑ + β). */
function hiddenDeltas(
  net: Network,
  { Theta, gamma }: Parameters,
  { slope, normalised }: HiddenTerms,
  masks: Masks,
  last: Matrix,
): { delta: Matrix[]; unscaled: Matrix[] } {
  const delta = Array.from({ length: net.L }, () => matrix(0, 0));
  const unscaled: Matrix[] = [];
  delta[net.L] = last;
  let above = last;
  for (let l = net.L - 1; l >= 2; l--) {
    const error = errorBelow(Theta[l]!, delta[l + 1]!);
    if (net.residual[l + 1]) addTo(error, above);
    above = error;
    delta[l] = timesSlope(error, slope[l]!, masks[l]);
    const norm = normalised[l];
    if (!norm) continue;
    unscaled[l] = delta[l]!;
    delta[l] = normaliseBackward(unscaled[l]!, norm, gamma![l]!);
  }
  return { delta, unscaled };
}

/** Σ_k Θ_ki δ_k, for each example. */
function errorBelow(Theta: Matrix, next: Matrix): Matrix {
  const n = Theta.cols;
  const error = matrix(next.rows, n);
  for (let e = 0; e < next.rows; e++)
    for (let k = 0; k < Theta.rows; k++) {
      const delta = next.data[e * Theta.rows + k]!;
      for (let i = 0; i < n; i++) error.data[e * n + i]! += Theta.data[k * n + i]! * delta;
    }
  return error;
}

/** e ⊙ g′; a dropout mask multiplies e. */
function timesSlope(error: Matrix, slope: Matrix, mask: Matrix | undefined): Matrix {
  const delta = matrix(error.rows, error.cols);
  for (let at = 0; at < delta.data.length; at++)
    delta.data[at] = (mask ? error.data[at]! * mask.data[at]! : error.data[at]!) * slope.data[at]!;
  return delta;
}

/** ∂J/∂Θ_ij = (1/m) Σ δ_i a_j + λΘ_ij, δ of layer l+1 and a of layer l. */
function weightGradient(delta: Matrix, a: Matrix, Theta: Matrix, l2: number): Matrix {
  const n = a.cols;
  const even = matrix(delta.cols, n);
  const odd = new Float64Array(even.data.length);
  for (let e = 0; e < a.rows; e++) {
    const lane = e % 2 === 0 ? even.data : odd;
    for (let i = 0; i < delta.cols; i++) {
      const error = delta.data[e * delta.cols + i]!;
      for (let j = 0; j < n; j++) lane[i * n + j]! += error * a.data[e * n + j]!;
    }
  }
  for (let at = 0; at < odd.length; at++) {
    const mean = (even.data[at]! + odd[at]!) * (1 / a.rows);
    even.data[at] = l2 === 0 ? mean : mean + l2 * Theta.data[at]!;
  }
  return even;
}

/** (1/m) Σ δ_i, the mean over examples, or of δ_i x_i. */
function meanOverExamples(delta: Matrix, x?: Matrix): Float64Array {
  const m = delta.rows;
  const term = (at: number) => (x ? delta.data[at]! * x.data[at]! : delta.data[at]!);
  return Float64Array.from(
    { length: delta.cols },
    (_, i) => sumOverExamples(m, (e) => term(e * delta.cols + i)) * (1 / m),
  );
}
