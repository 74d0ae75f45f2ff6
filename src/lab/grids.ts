/** Evenly spaced values, on a linear or a logarithmic scale. */

function checkCount(n: number): void {
  if (!Number.isInteger(n) || n < 2) throw new RangeError(`a grid needs an integer n of at least 2: ${n}`);
}

/** n values from `low` to `high`, both included, with equal steps. */
export function linspace(low: number, high: number, n: number): number[] {
  checkCount(n);
  return Array.from({ length: n }, (_, i) => (i === n - 1 ? high : low + ((high - low) * i) / (n - 1)));
}

/**
 * n values from `low` to `high`, both included, with equal ratios: `logspace(0.01, 100, 5)` is .01, .1, 1, 10, 100.
 * Rounded to 12 significant digits, so that a power of ten is that power. Both ends must be above 0.
 */
export function logspace(low: number, high: number, n: number): number[] {
  checkCount(n);
  if (!(low > 0 && high > 0)) throw new RangeError(`a logarithmic grid needs ends above 0: ${low}, ${high}`);
  return linspace(Math.log10(low), Math.log10(high), n).map((exponent, i) =>
    i === 0 ? low : i === n - 1 ? high : Number((10 ** exponent).toPrecision(12)),
  );
}
