/** Means over weights and over a Gaussian, done exactly or by a rule whose error is far below a derivation's tolerance. */

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** The sum of f(i) for i = 0 … n − 1. */
export const total = (n: number, f: (i: number) => number): number => indices(n).reduce((sum, i) => sum + f(i), 0);

/** ∫ f over [low, high] by Simpson's rule with 2000 intervals. */
export function integral(f: (x: number) => number, low: number, high: number): number {
  const h = (high - low) / 2000;
  return (h / 3) * total(2001, (i) => (i === 0 || i === 2000 ? 1 : i % 2 === 1 ? 4 : 2) * f(low + i * h));
}

/** E f(Z) for a standard normal Z, the two open half-lines apart, so that f may have a kink or a jump at 0. */
export function gaussian(f: (x: number) => number): number {
  const density = (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  return integral((x) => (f(-x) + f(x)) * density(x), 1e-300, 12);
}

/** E[w^k] for w uniform on [−a, a]. */
export const uniformMoment = (a: number, k: number): number => integral((w) => w ** k, -a, a) / (2 * a);

/**
 * The corners of the n-dimensional cube of half-side `deviation`: over them the mean of any polynomial of degree three
 * or less in each coordinate is its expectation over independent symmetric weights of that standard deviation.
 */
export const corners = (n: number, deviation: number): number[][] =>
  indices(2 ** n).map((corner) => indices(n).map((j) => ((corner >> j) & 1 ? deviation : -deviation)));

/** The slope of f at x by central differences with step h. */
export const slopeOf = (f: (x: number) => number, x: number, h = 1e-5): number => (f(x + h) - f(x - h)) / (2 * h);
