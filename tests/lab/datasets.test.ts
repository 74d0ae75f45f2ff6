/** Generated data sets have their shapes and classes, and the same random numbers give the same data. */
import { describe, expect, test } from 'vitest';
import { blobs, digits8, digits20, moons, parity, spirals, teacher, xor } from '../../src/lab/index.ts';

/** A substitute for a random generator: the multiples of the golden ratio, modulo 1. */
function golden(): () => number {
  let at = 0;
  return () => {
    at = (at + 0.6180339887498949) % 1;
    return at;
  };
}

test('exclusive or is parity of two bits', () => {
  expect(xor()).toEqual({
    X: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    Y: [[0], [1], [1], [0]],
  });
  expect(parity(3).Y.flat()).toEqual([0, 1, 1, 0, 1, 0, 0, 1]);
});

test('moons without noise lie on two half circles', () => {
  const { X, Y } = moons(50, 0, golden());
  X.forEach(([x, y], i) => {
    const [cx, cy] = Y[i]![0] === 0 ? [0, 0] : [1, 0.5];
    expect(Math.hypot(x! - cx, y! - cy)).toBeCloseTo(1, 12);
  });
});

test('spirals without noise reach radius 1, one class an arm', () => {
  const { X, Y } = spirals(60, 3, 0, golden());
  expect(Math.max(...X.map(([x, y]) => Math.hypot(x!, y!)))).toBeCloseTo(1, 12);
  expect(Y.slice(0, 3)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test('blobs scatter around their centres', () => {
  const { X } = blobs(
    400,
    [
      [0, 0],
      [10, -10],
    ],
    0.5,
    golden(),
  );
  const means = [0, 1].map((j) => X.filter((_, i) => i % 2 === 1).reduce((sum, x) => sum + x[j]!, 0) / 200);
  expect(means[0]).toBeCloseTo(10, 0);
  expect(means[1]).toBeCloseTo(-10, 0);
});

test('a teacher gives the target of each input', () => {
  expect(
    teacher(
      [
        [1, 2],
        [3, 4],
      ],
      ([a, b]) => [a! * b!],
    ).Y,
  ).toEqual([[2], [12]]);
});

describe.each([
  ['8 × 8', digits8, 8],
  ['20 × 20', digits20, 20],
] as const)('digits of %s', (_, digits, size) => {
  const { X, Y } = digits(200, golden());

  test('are rows of ink from 0 to 1 with one-hot targets in turn', () => {
    expect(X.every((x) => x.length === size * size && x.every((ink) => ink >= 0 && ink <= 1))).toBe(true);
    expect(Y.map((y) => y.indexOf(1))).toEqual(X.map((__, i) => i % 10));
  });

  test('have some ink, but not everywhere', () => {
    for (const x of X) {
      const ink = x.reduce((sum, pixel) => sum + pixel, 0) / x.length;
      expect(ink).toBeGreaterThan(0.05);
      expect(ink).toBeLessThan(0.5);
    }
  });

  test('differ within a class, and are the same for the same random numbers', () => {
    expect(X[0]).not.toEqual(X[10]);
    expect(digits(200, golden())).toEqual({ X, Y });
  });

  test('are separable: most are nearest to the mean of their class', () => {
    const mean = (kind: number) =>
      X[0]!.map((__, j) => X.filter((___, i) => i % 10 === kind).reduce((sum, x) => sum + x[j]!, 0) / 20);
    const means = Array.from({ length: 10 }, (__, kind) => mean(kind));
    const distance = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, j) => sum + (x - b[j]!) ** 2, 0);
    const right = X.filter((x, i) => means.every((other) => distance(x, means[i % 10]!) <= distance(x, other)));
    expect(right.length / X.length).toBeGreaterThan(0.8);
  });
});

test.each([
  [() => moons(1, 0, golden()), 'm must be an integer of at least 2: 1'],
  [() => digits8(0.5, golden()), 'm must be a positive integer: 0.5'],
  [() => parity(40), 'n must be an integer from 1 to 16: 40'],
])('%s is refused', (make, message) => {
  expect(make).toThrow(message);
});
