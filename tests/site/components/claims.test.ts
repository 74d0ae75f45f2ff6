/** Assertions of claims: when they hold, with what margin, and how a failure is reported. */
import { describe, expect, test } from 'vitest';
import type { Measure, Results } from '../../../src/lab/results/index.ts';
import { type Bounds, checkClaim, measureText } from '../../../src/site/claims/check-claim.ts';
import { claimId, plainText } from '../../../src/site/claims/claim-text.ts';

const measures: Record<string, Measure> = {
  zero: 0,
  tenth: 0.1,
  mean: { value: 1, low: 0.9, high: 1.1, n: 10, level: 0.95 },
  falling: [3, 2, 1],
  flat: [2, 2],
  byRate: { small: 0.1, large: 0.4 },
};
const results = [{ name: 'x', measures, seeds: 1, points: [{}] }] as unknown as Results;
const holds = (of: string, bounds: Bounds): boolean =>
  checkClaim(results, `x.${of}`, bounds).every((check) => check.holds);

test.each<[of: string, bounds: Bounds, margin: number]>([
  ['zero', { atMost: 0.5 }, 0.5],
  ['byRate', { atLeast: 0.25 }, -0.15],
  ['mean', { covers: 1 }, 0.1],
  ['mean', { within: [0.5, 1.2] }, 0.1],
  ['mean', { near: { of: 1.5, absolute: 0.25 } }, -0.25],
  ['falling', { decreasing: true }, 1],
  ['flat', { increasing: true }, 0],
  ['tenth', { equals: 0.3 }, -0.2],
])('the margin of %s, %o, is %d', (of, bounds, margin) => {
  expect(checkClaim(results, `x.${of}`, bounds)[0]!.margin).toBeCloseTo(margin, 12);
});

describe('a claim', () => {
  const cases: [of: string, bounds: Bounds, holds: boolean][] = [
    ['zero', { equals: 0 }, true],
    ['tenth', { equals: 0 }, false],
    ['tenth', { equals: 'x.byRate.small' }, true],
    ['tenth', { atMost: 0.1 }, true],
    ['tenth', { below: 0.1 }, false],
    ['tenth', { atLeast: 0.1, atMost: 0.2 }, true],
    ['tenth', { atLeast: 0.1, atMost: 0.05 }, false],
    ['tenth', { above: 0.1 }, false],
    ['tenth', { within: [0, 0.1] }, true],
    ['tenth', { near: { of: 0.11, relative: 0.1 } }, true],
    ['tenth', { near: { of: 0.11, relative: 0.05 } }, false],
    ['tenth', { near: { of: 0, absolute: 0.1 } }, true],
    ['falling', { decreasing: true }, true],
    ['falling', { increasing: true }, false],
    ['flat', { decreasing: true }, false],
    ['falling', { atLeast: 1 }, true],
    ['falling', { atLeast: 2 }, false],
    ['byRate', { ordered: ['small', 'large'] }, true],
    ['byRate', { ordered: ['large', 'small'] }, false],
    ['byRate', { atMost: 0.4 }, true],
    ['byRate', { atMost: 0.3 }, false],
  ];
  test.each(cases)('%s %o: %s', (of, bounds, expected) => {
    expect(holds(of, bounds)).toBe(expected);
  });

  test('speaks of an interval with both its ends', () => {
    expect(holds('mean', { atMost: 1.05 })).toBe(false);
    expect(holds('mean', { atMost: 1.1 })).toBe(true);
    expect(holds('mean', { within: [0.95, 1.2] })).toBe(false);
    expect(holds('mean', { covers: 1.05 })).toBe(true);
    expect(holds('mean', { covers: 1.2 })).toBe(false);
    expect(holds('tenth', { covers: 0.1 })).toBe(false);
  });

  test('that fails says each leaf that breaks it', () => {
    const [check] = checkClaim(results, 'x.falling', { atLeast: 2 });
    expect(check!.failures).toEqual(['x.falling.2 is 1']);
    expect(check!.asserted).toBe('is at least 2');
  });

  test('that is malformed is refused', () => {
    expect(() => holds('tenth', {})).toThrow('asserts nothing; give it one of equals');
    expect(() => holds('tenth', { increasing: true })).toThrow('increasing needs two values or more; x.tenth has 1');
    expect(() => holds('tenth', { equals: 'x.falling' })).toThrow('is 3 measures, not one');
    expect(() => holds('tenths', { equals: 0 })).toThrow('did you mean x.tenth');
  });

  test.each<[bounds: object, said: string]>([
    [{ near: -0.5 }, 'near is -0.5; write near={{ of: 0.5, absolute: 0.01 }}'],
    [{ near: { of: 1 } }, 'near is {"of":1}; write near={{'],
    [{ near: { value: 1, absolute: 0.1 } }, 'near={{ of: 0.5, relative: 0.1 }}'],
    [{ near: { of: 1, absolute: 0.1, relative: 0.1 } }, 'write near={{'],
    [{ within: -0.5 }, 'within is -0.5; write within={[0.1, 0.2]}'],
    [{ within: [1] }, 'write within={[0.1, 0.2]}'],
    [{ within: [0.5, 0.1] }, 'within is [0.5,0.1]; write the lower bound first, within={[0.1, 0.5]}'],
    [{ ordered: 'small' }, `ordered is "small"; write ordered={['small', 'large']}`],
    [{ above: '0.5' }, 'above is "0.5"; write above={0.5}'],
    [{ equals: true }, 'equals is true; write equals={0.5}'],
    [{ increasing: 'yes' }, 'increasing is "yes"; write increasing'],
  ])('whose bound is %j is told how to write it', (bounds, said) => {
    expect(() => holds('tenth', bounds as Bounds)).toThrow(said);
  });

  test('is listed with its value, its interval or its range', () => {
    expect(measureText(measures.mean!, 'x.mean')).toBe('1 (0.9 to 1.1)');
    expect(measureText(measures.byRate!, 'x.byRate')).toBe('0.1 to 0.4 in 2');
    expect(measureText(measures.flat!, 'x.flat')).toBe('2 in all 2');
  });
});

test('a sentence is read without what only shows on hover', () => {
  expect(
    plainText('It was <span class="measured">0.1<span class="behind" role="tooltip">why</span></span> &lt; 1.'),
  ).toBe('It was 0.1 < 1.');
});

test('a claim is named after its place', () => {
  expect(claimId('posts/a-good-post.mdx:12:3')).toBe('claim-a-good-post-12-3');
});
