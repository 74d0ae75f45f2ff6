/** The random number generator: published test vectors, numbers that never change, and independent streams. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/engine/index.ts';
import { threefry } from '../../src/engine/numeric/random.ts';

const hex = (words: readonly number[]) => words.map((w) => w.toString(16).padStart(8, '0')).join(' ');
const draw = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (xs: readonly number[]) => xs.reduce((s, x) => s + x, 0) / xs.length;

// kat_vectors of Random123 (D. E. Shaw Research): threefry4x32 with 20 rounds
test.each([
  [[0, 0, 0, 0], [0, 0, 0, 0], '9c6ca96a e17eae66 fc10ecd4 5256a7d8'],
  [[-1, -1, -1, -1], [-1, -1, -1, -1], '2a881696 57012287 f6c7446e a16a6732'],
  [
    [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    '59cd1dbb b8879579 86b5d00c ac8b6d84',
  ],
] as const)('Threefry-4x32-20 gives its known answers', (key, counter, answer) => {
  expect(hex(threefry(key, counter))).toBe(answer);
});

/** The first numbers of seed 0, which must never change. */
const FIRST = {
  uniform: [0.6036892277551558, 0.2851330048130616, 0.20350771765860431],
  normal: [-2.3292920250924847, 0.559582593830684, -1.049462385956453],
  permutation: [4, 3, 1, 7, 0, 5, 2, 6],
  split: 0.4001535317945667,
};

describe('a stream', () => {
  test('never changes', () => {
    const random = createRandom(0);
    expect(draw(3, () => random.uniform())).toEqual(FIRST.uniform);
    expect(draw(3, () => random.normal())).toEqual(FIRST.normal);
    expect(random.permutation(8)).toEqual(FIRST.permutation);
    expect(random.split('weights').uniform()).toBe(FIRST.split);
  });

  test('has the moments of its distributions', () => {
    const random = createRandom(1);
    const uniforms = draw(20_000, () => random.uniform(-1, 3));
    expect(Math.abs(mean(uniforms) - 1)).toBeLessThan(4 * (4 / Math.sqrt(12 * 20_000)));
    const normals = draw(20_000, () => random.normal(2, 3));
    expect(Math.abs(mean(normals) - 2)).toBeLessThan((4 * 3) / Math.sqrt(20_000));
    const standard = normals.map((x) => (x - 2) / 3);
    expect(Math.abs(mean(standard.map((x) => x ** 2)) - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
    expect(Math.abs(mean(standard.map((x) => x ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / 20_000));
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 12_000; i++) counts[random.integer(6)]! += 1;
    const chiSquare = counts.reduce((s, n) => s + (n - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(20.5); // 99.9 % of χ² with 5 degrees of freedom
  });

  test('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), fc.nat(50), (seed, n, length) => {
        const random = createRandom(seed);
        const k = random.integer(n);
        expect(k).toSatisfy((x: number) => Number.isInteger(x) && x >= 0 && x < n);
        const u = random.uniform();
        expect(u >= 0 && u < 1).toBe(true);
        expect(random.permutation(length).toSorted((x, y) => x - y)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });
});

describe('split', () => {
  const label = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );

  test('gives the same stream whatever was drawn or split before, and leaves its parent as it was', () => {
    fc.assert(
      fc.property(fc.integer(), label, label, fc.nat(9), (seed, one, other, drawn) => {
        const first = createRandom(seed).split(one).uniform();
        const random = createRandom(seed);
        draw(drawn, () => random.uniform());
        random.split(other);
        expect(random.split(one).uniform()).toBe(first);
        const alone = createRandom(seed);
        draw(drawn, () => alone.uniform());
        expect(random.uniform()).toBe(alone.uniform());
      }),
    );
  });

  test('gives different streams for different labels', () => {
    fc.assert(
      fc.property(fc.integer(), label, label, (seed, one, other) => {
        fc.pre(one !== other);
        const random = createRandom(seed);
        expect(random.split(one).uniform()).not.toBe(random.split(other).uniform());
      }),
    );
    const random = createRandom(3);
    const labels = ['', 'a', 'a\0', 'aa', 'ab', 'ba', 0, 1, '0', '1'];
    expect(new Set(labels.map((x) => random.split(x).uniform())).size).toBe(labels.length);
    expect(random.split('a').split('b').uniform()).not.toBe(random.split('b').split('a').uniform());
  });

  test('of neighbouring seeds is uncorrelated', () => {
    const n = 4000;
    const x = draw(
      n,
      (
        (seed) => () =>
          createRandom(seed++).uniform() - 0.5
      )(0),
    );
    const correlation = mean(x.slice(1).map((v, i) => v * x[i]!)) * 12;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n));
  });
});

test('errors name the value', () => {
  expect(() => createRandom(Number.NaN)).toThrow('NaN');
  expect(() => createRandom(1).split(Infinity)).toThrow('Infinity');
  expect(() => createRandom(1).integer(0)).toThrow('cannot draw an integer below 0');
  expect(() => createRandom(1).integer(2.5)).toThrow('2.5');
});
