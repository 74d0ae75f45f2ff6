/** Evenly spaced values and indices, on a linear or a logarithmic scale. */
import { checkOptions } from './check-options.ts';

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

/**
 * At most `limit` indices out of 0 … length − 1, first and last included, increasing; evenly spaced, or with
 * `scale: 'log'` evenly spaced in log(1 + index), which keeps the beginning of a learning curve.
 */
export function downsample(length: number, limit: number, options: { scale?: 'linear' | 'log' } = {}): number[] {
  checkOptions('downsample', options, ['scale']);
  const { scale = 'linear' } = options;
  if (scale !== 'linear' && scale !== 'log') throw new RangeError(`scale is linear or log: ${String(scale)}`);
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`length must be an integer ≥ 0: ${length}`);
  if (!Number.isInteger(limit) || limit < 2) throw new RangeError(`limit must be an integer ≥ 2: ${limit}`);
  if (length <= limit) return Array.from({ length }, (_, i) => i);
  const at =
    scale === 'log'
      ? (i: number) => Math.expm1((Math.log(length) * i) / (limit - 1))
      : (i: number) => ((length - 1) * i) / (limit - 1);
  const indices = Array.from({ length: limit }, (_, i) => (i === limit - 1 ? length - 1 : Math.round(at(i))));
  return indices.filter((index, i) => i === 0 || index > indices[i - 1]!);
}
