/** Statistics agree with closed forms and printed tables; grids and downsampling keep their ends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { studentQuantile } from '../../src/lab/authoring/statistics.ts';
import { downsample, linspace, logspace, meanInterval, median, quantile } from '../../src/lab/index.ts';

describe('Student’s t', () => {
  test.each([
    // ν = 1 is Cauchy: tan(π(p − ½)); ν = 2: √2(2p − 1)/√(4p(1 − p))·… = 4.3026527…; the others from printed tables.
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.975, 2, (0.95 / Math.sqrt(1 - 0.95 ** 2)) * Math.SQRT2],
    [0.95, 10, 1.812461],
    [0.975, 10, 2.228139],
    [0.975, 30, 2.042272],
    [0.995, 5, 4.032143],
    [0.975, 1000, 1.962339],
    [0.5, 7, 0],
  ])('quantile %d with %d degrees of freedom is %d', (p, nu, t) => {
    expect(studentQuantile(p, nu)).toBeCloseTo(t, 6);
  });
});

test('a mean’s interval is x̄ ± t·s/√n', () => {
  const { value, low, high, n, level } = meanInterval([1, 2, 3, 4, 5]);
  expect({ value, n, level }).toEqual({ value: 3, n: 5, level: 0.95 });
  expect(high - value).toBeCloseTo(2.776445 * Math.sqrt(2.5 / 5), 5);
  expect(value - low).toBeCloseTo(high - value, 12);
});

test('a sample without spread has its value as interval, exactly', () => {
  expect(meanInterval([0.1, 0.1, 0.1])).toMatchObject({ value: 0.1, low: 0.1, high: 0.1 });
});

test('a higher level gives a wider interval', () => {
  const width = (level: number) => meanInterval([1, 2, 4], level).high - meanInterval([1, 2, 4], level).low;
  expect(width(0.99)).toBeGreaterThan(width(0.95));
});

test.each([
  [() => meanInterval([1]), 'needs at least 2 values, got 1'],
  [() => meanInterval([1, Number.NaN]), 'value 1 of the sample is NaN'],
  [() => meanInterval([1, 2], 95), 'level must be in (0, 1): 95'],
  [() => median([]), 'needs at least 1 values, got 0'],
  [() => quantile([1], 50), 'p must be in [0, 1]: 50'],
  [() => linspace(0, 1, 1), 'n of at least 2: 1'],
  [() => logspace(0, 1, 3), 'ends above 0: 0, 1'],
  [() => downsample(10, 2, { scle: 'log' } as object), 'downsample has no option scle; it has scale'],
  [() => downsample(10, 2, { scale: 'Log' as never }), 'scale is linear or log: Log'],
  [() => downsample(10, 1), 'limit must be an integer ≥ 2: 1'],
])('%s is refused', (make, message) => {
  expect(make).toThrow(message);
});

test('quantiles interpolate between order statistics', () => {
  expect(quantile([3, 1, 2, 4], 0)).toBe(1);
  expect(quantile([3, 1, 2, 4], 1)).toBe(4);
  expect(median([3, 1, 2, 4])).toBe(2.5);
  expect(quantile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46, 12);
});

test('grids contain their ends and go up evenly', () => {
  expect(linspace(0, 1, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(logspace(0.01, 100, 5)).toEqual([0.01, 0.1, 1, 10, 100]);
  expect(logspace(1e-12, 1e-4, 3)).toEqual([1e-12, 1e-8, 1e-4]);
});

test.each(['linear', 'log'] as const)('downsampling (%s) keeps both ends, the order and the limit', (scale) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 2, max: 300 }), (length, limit) => {
      const indices = downsample(length, limit, { scale });
      expect(indices.length).toBeLessThanOrEqual(limit);
      expect(indices[0]).toBe(0);
      expect(indices.at(-1)).toBe(length - 1);
      expect(indices.every((index, i) => i === 0 || index > indices[i - 1]!)).toBe(true);
    }),
  );
});
