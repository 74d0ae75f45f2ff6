/**
 * Mean-field theory of wide random layers (Poole et al. 2016; Schoenholz et al. 2017). With weights of variance σ_w²/n and
 * biases of variance σ_b², maps from layer to layer give the second moment q of z, and the correlation c of two inputs.
 * χ = σ_w² E g′(z)² is the slope of the correlation map at c = 1: where it exceeds 1, gradients and differences grow.
 */
import { type Curve, checkVariance, gaussianMean, gaussianNodes, moments } from './moments.ts';
import { arccos } from './numeric/arc-cosine.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** The variances of random weights and biases, the same in every layer. */
export interface Variances {
  /** σ_w²: n times the variance of a weight. */
  readonly weightVariance: number;
  /** σ_b²: the variance of a bias. */
  readonly biasVariance: number;
}

/** q^(l+1) = σ_w² E g(z)² + σ_b², z ~ N(0, q). */
export function qMap(activation: Curve, { weightVariance, biasVariance }: Variances, q: number): number {
  checkVariance('weightVariance', weightVariance);
  checkVariance('biasVariance', biasVariance);
  return weightVariance * moments(activation, q).second + biasVariance;
}

/** The slope of the q-map, σ_w² E[z g(z) g′(z)]/q, for q > 0 and a smooth g. */
export function qSlope({ g, derivative }: Curve, weightVariance: number, q: number): number {
  return (weightVariance * gaussianMean((z) => z * g(z) * derivative(z), q)) / q;
}

/** χ = σ_w² E[g′(z₁) g′(z₂)] for z₁, z₂ ~ N(0, q) with correlation c; at c = 1 it is σ_w² E g′(z)². */
export function chi(activation: Curve, weightVariance: number, q: number, c = 1): number {
  if (c === 1) return weightVariance * moments(activation, q).derivativeSecond;
  if (activation.kink) throw new RangeError(`chi of an activation with a kink is known at c = 1 only, not at ${c}`);
  return weightVariance * pairMean(activation.derivative, q, c);
}

/** c^(l+1) = (σ_w² E[g(z₁) g(z₂)] + σ_b²)/q at the fixed point q of the q-map. Throws unless −1 ≤ c ≤ 1 and q > 0. */
export function correlationMap(
  activation: Curve,
  { weightVariance, biasVariance }: Variances,
  q: number,
  c: number,
): number {
  if (!(c >= -1 && c <= 1)) throw new RangeError(`a correlation cannot be ${c}`);
  if (!(q > 0)) throw new RangeError(`the correlation map needs q > 0, not ${q}`);
  const product = activation.kink ? kinkedProduct(activation.kink, q, c) : pairMean(activation.g, q, c);
  return (weightVariance * product + biasVariance) / q;
}

/** E[f(z₁) f(z₂)] with z₁ = √q x, z₂ = √q (cx + √(1−c²) y), x and y independent: the trapezoidal rule in both. */
function pairMean(f: (z: number) => number, q: number, c: number): number {
  const sd = Math.sqrt(q);
  const s = Math.sqrt(1 - c * c);
  const nodes = gaussianNodes(q);
  return nodes.reduce((sum, { x, weight }) => {
    const inner = nodes.reduce((total, y) => total + y.weight * f(sd * (c * x + s * y.x)), 0);
    return sum + weight * f(sd * x) * inner;
  }, 0);
}

/**
 * E[g(z₁) g(z₂)] for g = left·z + (right − left)·max(z, 0), from E[z₁ max(z₂, 0)] = qc/2 and the arc-cosine kernel
 * E[max(z₁, 0) max(z₂, 0)] = q (√(1−c²) + c(π − arccos c))/2π (Cho & Saul 2009).
 */
function kinkedProduct({ right, left, below }: NonNullable<Curve['kink']>, q: number, c: number): number {
  if (below !== 'line') throw new RangeError('no closed form of the correlation map below an exponential kink');
  const both = (q * (Math.sqrt(1 - c * c) + c * (Math.PI - arccos(c)))) / (2 * Math.PI);
  const bend = right - left;
  return left * left * q * c + left * bend * q * c + bend * bend * both;
}

/** The zero of `excess` in [low, high] to within 2^−60, by bisection; `excess` is positive below it and negative above. */
function bisect(excess: (x: number) => number, low: number, high: number): number {
  const middle = (low + high) / 2;
  if (middle <= low || middle >= high || high - low < 2 ** -60) return middle;
  return excess(middle) > 0 ? bisect(excess, middle, high) : bisect(excess, low, middle);
}

/** The q > 0 at which `excess` turns negative. Throws if it never does; `what` names the point in the message. */
function crossing(excess: (q: number) => number, what: string): number {
  let high = 1;
  while (!(excess(high) < 0)) {
    high *= 2;
    if (high > 2 ** 60) throw new RangeError(`${what}: none below ${high}`);
  }
  return bisect(excess, 0, high);
}

/**
 * The fixed point q* of the q-map, and χ there. Where q = 0 is a stable fixed point, it is that one. If the
 * q-map is concave, as for tanh, layers converge to no other. Throws if there is none.
 */
export function fixedPoint(activation: Curve, variances: Variances): { q: number; chi: number } {
  const { weightVariance, biasVariance } = variances;
  const atZero = chi(activation, weightVariance, 0);
  if (qMap(activation, variances, 0) === 0 && atZero <= 1) return { q: 0, chi: atZero };
  const what = `fixed point of the q-map for σ_w² = ${weightVariance}, σ_b² = ${biasVariance}`;
  const q = crossing((x) => qMap(activation, variances, x) - x, what);
  return { q, chi: chi(activation, weightVariance, q) };
}

/** The correlation c* to which two different inputs converge at q*: 1 where χ ≤ 1, else less. Throws as `fixedPoint` does. */
export function correlationFixedPoint(activation: Curve, variances: Variances): number {
  const { q, chi: slope } = fixedPoint(activation, variances);
  if (slope <= 1) return 1;
  return bisect((c) => correlationMap(activation, variances, q, c) - c, 0, 1);
}

/** The edge of chaos for a given σ_b² > 0: the σ_w² at which χ = 1, and q* there. Throws if there is none. */
export function criticalPoint(activation: Curve, biasVariance: number): { weightVariance: number; q: number } {
  if (!(biasVariance > 0)) throw new RangeError(`the edge of chaos is sought for σ_b² > 0, not ${biasVariance}`);
  const ratio = (q: number) => {
    const { second, derivativeSecond } = moments(activation, q);
    return second / derivativeSecond;
  };
  const q = crossing((x) => biasVariance + ratio(x) - x, `edge of chaos for σ_b² = ${biasVariance}`);
  return { weightVariance: 1 / moments(activation, q).derivativeSecond, q };
}

/** The depth scale ξ = −1/ln χ: a factor χ per layer multiplies to 1/e over ξ layers. Where χ > 1, ξ < 0: it grows to e over |ξ|. */
export function depthScale(slope: number): number {
  return -1 / numbers.log(slope);
}
