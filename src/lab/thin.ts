/** Fewer points of a long curve, chosen by a rule that depends on nothing but the curve's length. */

/**
 * At most `limit` indices out of 0 … length − 1, first and last included, increasing; evenly spaced, or with
 * `scale: 'log'` evenly spaced in log(1 + index), which keeps the beginning of a learning curve.
 */
export function thin(length: number, limit: number, options: { scale?: 'linear' | 'log' } = {}): number[] {
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`length must be an integer ≥ 0: ${length}`);
  if (!Number.isInteger(limit) || limit < 2) throw new RangeError(`limit must be an integer ≥ 2: ${limit}`);
  if (length <= limit) return Array.from({ length }, (_, i) => i);
  const at =
    options.scale === 'log'
      ? (i: number) => Math.expm1((Math.log(length) * i) / (limit - 1))
      : (i: number) => ((length - 1) * i) / (limit - 1);
  const indices = Array.from({ length: limit }, (_, i) => (i === limit - 1 ? length - 1 : Math.round(at(i))));
  return indices.filter((index, i) => i === 0 || index > indices[i - 1]!);
}
