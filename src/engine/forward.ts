/**
 * Forward propagation: a^(1) = x, z^(l+1) = Θ^(l) a^(l) + b^(l), a^(l) = g(z^(l)). With layer normalisation g is applied to
 * γ^(l) ⊙ ẑ^(l) + β^(l) instead of z^(l); a residual connection adds a^(l−1) to the result.
 */
import type { Activation } from './activations.ts';
import { type Normalised, normalise } from './layer-norm.ts';
import { checkParameters, type Network, type Parameters } from './network.ts';
import { type Matrix, matrix } from './numeric/matrix.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** z[l] and a[l] are m × units of layer l, an example a row, for l = 1…L. Slot 0 is empty, and z[1] too; a[1] is X. */
export interface Forward {
  readonly z: readonly Matrix[];
  readonly a: readonly Matrix[];
}

/**
 * Factors on the hidden activations, masks[l] in the shape of a[l]: a^(l) = masks^(l) ⊙ g(z^(l)). A residual connection
 * passes them by: a^(l) = a^(l−1) + masks^(l) ⊙ g(z^(l)).
 */
export type Masks = readonly (Matrix | undefined)[];

/**
 * Activations of every layer for the examples in X (m × units[0]), the hidden ones multiplied by their masks, if any are given.
 * Throws if X or the parameters do not fit the network.
 */
export function forward(net: Network, parameters: Parameters, X: Matrix, masks: Masks = []): Forward {
  const { z, a } = forwardWithSlopes(net, parameters, X, masks);
  return { z, a };
}

/** What backpropagation needs of the hidden layers l besides z[l] and a[l]. */
export interface HiddenTerms {
  /** slope[l] = g′ where g was computed. */
  readonly slope: readonly Matrix[];
  /** normalised[l] of the layers with layer normalisation. */
  readonly normalised: readonly (Normalised | undefined)[];
}

/** `forward` with the terms of the hidden layers, g′ computed together with g. */
export function forwardWithSlopes(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  masks: Masks,
): Forward & HiddenTerms {
  checkParameters(net, parameters);
  if (X.cols !== net.units[0])
    throw new RangeError(`X is ${X.rows}×${X.cols}, but the network reads ${net.units[0]} inputs`);
  const empty = matrix(0, 0);
  const z = [empty, empty];
  const a = [empty, X];
  const slope = [empty, empty];
  const normalised: (Normalised | undefined)[] = [];
  for (let l = 2; l <= net.L; l++) {
    z[l] = affine(parameters.Theta[l - 1]!, parameters.b[l - 1]!, a[l - 1]!);
    if (l === net.L) {
      a[l] = outputs(net, z[l]!);
      break;
    }
    if (net.layerNorm[l]) normalised[l] = normalise(z[l]!, parameters.gamma![l]!, parameters.beta![l]!);
    ({ a: a[l], slope: slope[l] } = activate(net.activations[l]!, normalised[l]?.u ?? z[l]!, masks[l]));
    if (net.residual[l]) addTo(a[l]!, a[l - 1]!);
  }
  return { z, a, slope, normalised };
}

/** a += b, entry by entry. */
export function addTo(a: Matrix, b: Matrix): void {
  for (let at = 0; at < a.data.length; at++) a.data[at]! += b.data[at]!;
}

/** z_i = b_i + Σ_j Θ_ij a_j for each example, summed in the order of j from b_i on. */
function affine(Theta: Matrix, b: Float64Array, a: Matrix): Matrix {
  const z = matrix(a.rows, Theta.rows);
  const n = Theta.cols;
  for (let e = 0; e < a.rows; e++)
    for (let i = 0; i < Theta.rows; i++) {
      let sum = b[i]!;
      for (let j = 0; j < n; j++) sum += Theta.data[i * n + j]! * a.data[e * n + j]!;
      z.data[e * Theta.rows + i] = sum;
    }
  return z;
}

/** a = mask ⊙ g(z) and g′(z), unit by unit. */
function activate(activation: Activation, z: Matrix, mask: Matrix | undefined): { a: Matrix; slope: Matrix } {
  const a = matrix(z.rows, z.cols);
  const slope = matrix(z.rows, z.cols);
  for (let at = 0; at < z.data.length; at++) {
    const unit = activation.formula(numbers, z.data[at]!);
    a.data[at] = mask ? mask.data[at]! * unit.a : unit.a;
    slope.data[at] = unit.slope;
  }
  return { a, slope };
}

/** a^(L), one example at a time, because softmax units depend on one another. */
function outputs(net: Network, z: Matrix): Matrix {
  const a = matrix(z.rows, z.cols);
  for (let e = 0; e < z.rows; e++) {
    const row = Array.from(z.data.subarray(e * z.cols, (e + 1) * z.cols));
    a.data.set(net.output.units(numbers, row), e * z.cols);
  }
  return a;
}
