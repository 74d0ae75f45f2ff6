/** Summaries of a sample: its mean with a t-interval, its quantiles. */

/** A mean and its confidence interval: with probability `level` the interval [low, high] covers the true mean. */
export type Interval = {
  /** The mean of the sample. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Size of the sample. */
  readonly n: number;
  /** Confidence level, such as 0.95. */
  readonly level: number;
};

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7, n = 9). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised incomplete beta function I_x(a, b) by its continued fraction (modified Lentz), for x < (a+1)/(a+b+2). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(1 - ((a + b) * x) / (a + 1), tiny);
  let f = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    f *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    f *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return (Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) * f) / a;
}

/** P(T ≤ t) for Student's t with ν degrees of freedom, t ≥ 0. */
function studentCdf(t: number, nu: number): number {
  const x = nu / (nu + t * t);
  if (x >= 1) return 0.5;
  const a = nu / 2;
  const tail = x < (a + 1) / (a + 2.5) ? betaFraction(x, a, 0.5) : 1 - betaFraction(1 - x, 0.5, a);
  return 1 - tail / 2;
}

/** The t with P(T ≤ t) = p for Student's t with ν degrees of freedom, ½ ≤ p < 1, by bisection to the last bit. */
export function studentQuantile(p: number, nu: number): number {
  if (!(p >= 0.5 && p < 1)) throw new RangeError(`p must be in [0.5, 1): ${p}`);
  if (!(nu >= 1)) throw new RangeError(`degrees of freedom must be at least 1: ${nu}`);
  let low = 0;
  let high = 1;
  while (studentCdf(high, nu) < p) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (studentCdf(middle, nu) < p) low = middle;
    else high = middle;
  }
}

function checkSample(values: readonly number[], least: number): void {
  if (values.length < least) throw new RangeError(`needs at least ${least} values, got ${values.length}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw new RangeError(`value ${bad} of the sample is ${values[bad]}`);
}

/** Mean with its t-interval: x̄ ± t(n − 1) · s/√n, s² = Σ(x − x̄)²/(n − 1). Needs two finite values or more. */
export function meanInterval(values: readonly number[], level = 0.95): Interval {
  checkSample(values, 2);
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be in (0, 1): ${level}`);
  const n = values.length;
  // A sample without spread has exactly its common value as mean, which Σx/n might miss by a rounding.
  const value = values.every((x) => x === values[0]) ? values[0]! : values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (n - 1);
  const half = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half, n, level };
}

/** The p-quantile, 0 ≤ p ≤ 1, interpolated linearly between order statistics (Hyndman & Fan's type 7, R's default). */
export function quantile(values: readonly number[], p: number): number {
  checkSample(values, 1);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be in [0, 1]: ${p}`);
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * p;
  const lower = sorted[Math.floor(h)]!;
  const upper = sorted[Math.ceil(h)]!;
  return lower + (h - Math.floor(h)) * (upper - lower);
}

/** The middle value: half of the sample lies on either side. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);
