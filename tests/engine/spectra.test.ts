/** Singular values and eigenvalues of matrices with known spectra, and their relations to one another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createRandom,
  inverseSqrt,
  lecunNormal,
  type Matrix,
  matrix,
  orthogonal,
  singularValues,
  symmetricEigenvalues,
  toRows,
  transpose,
} from '../../src/engine/index.ts';
import { reference } from './examples.ts';

const product = (A: Matrix, B: Matrix): Matrix =>
  matrix(
    A.rows,
    B.cols,
    toRows(A).map((row) => toRows(transpose(B)).map((col) => row.reduce((s, x, i) => s + x * col[i]!, 0))),
  );
const diagonal = (values: readonly number[]): Matrix =>
  matrix(
    values.length,
    values.length,
    values.map((v, i) => values.map((_, j) => (i === j ? v : 0))),
  );
const largest = (xs: readonly number[]) => Math.max(...xs.map(Math.abs));

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 7 }),
  cols: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer(),
});
const normalMatrix = ({ rows, cols, seed }: { rows: number; cols: number; seed: number }) => {
  const random = createRandom(seed);
  return matrix(
    rows,
    cols,
    Array.from({ length: rows * cols }, () => random.normal()),
  );
};
const square = (n: number, seed: number) => orthogonal()(n, n, createRandom(seed));

test('U diag(s) Vᵀ has singular values s, small ones too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.integer(),
      (s, seed) => {
        const n = s.length;
        const m = product(product(square(n, seed), diagonal(s)), square(n, seed + 1));
        const expected = s.toSorted((x, y) => y - x);
        expect(largest(singularValues(m).map((x, i) => x - expected[i]!))).toBeLessThan(1e-13 * (1 + expected[0]!));
      },
    ),
  );
});

test('a matrix and its transpose have the same singular values, and Σ s² is Σ x²', () => {
  fc.assert(
    fc.property(shape, (options) => {
      const m = normalMatrix(options);
      const s = singularValues(m);
      expect(s).toHaveLength(Math.min(m.rows, m.cols));
      expect(largest(singularValues(transpose(m)).map((x, i) => x - s[i]!))).toBeLessThan(1e-13 * (1 + s[0]!));
      const squares = (xs: Iterable<number>) => [...xs].reduce((sum, x) => sum + x * x, 0);
      expect(Math.abs(squares(s) - squares(m.data))).toBeLessThan(1e-12 * (1 + squares(m.data)));
    }),
  );
});

test('eigenvalues of Q diag(λ) Qᵀ are λ, and of MᵀM the squared singular values', () => {
  fc.assert(
    fc.property(shape, (options) => {
      const m = normalMatrix(options);
      const values = symmetricEigenvalues(product(transpose(m), m)).toReversed();
      const s = singularValues(m);
      expect(largest(values.map((x, i) => x - (s[i] ?? 0) ** 2))).toBeLessThan(1e-12 * (1 + s[0]! ** 2));
      const Q = square(options.cols, options.seed);
      const lambda = Array.from({ length: options.cols }, (_, i) => i - 2);
      const A = product(product(Q, diagonal(lambda)), transpose(Q));
      expect(largest(symmetricEigenvalues(A).map((x, i) => x - lambda[i]!))).toBeLessThan(1e-13 * 10);
    }),
  );
});

test('spectra scale with the matrix, however large or small it is, and the matrix is not changed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.integer(), fc.integer({ min: -300, max: 300 }), (n, seed, power) => {
      const m = normalMatrix({ rows: n, cols: n, seed });
      const symmetric = matrix(
        n,
        n,
        toRows(m).map((row, i) => row.map((x, j) => x + m.data[j * n + i]!)),
      );
      // Powers of two, so that scaling rounds nothing.
      const scaled = { ...symmetric, data: symmetric.data.map((x) => x * 2 ** power) };
      const before = scaled.data.slice();
      expect(symmetricEigenvalues(scaled)).toEqual(symmetricEigenvalues(symmetric).map((x) => x * 2 ** power));
      expect(singularValues(scaled)).toEqual(singularValues(symmetric).map((x) => x * 2 ** power));
      expect(scaled.data).toEqual(before);
      const off = { ...scaled, data: scaled.data.with(1, scaled.data[1]! + 2 ** (power - 20)) };
      expect(() => symmetricEigenvalues(off)).toThrow('not symmetric: entry (1, 0)');
    }),
  );
});

test('rank one, zero and single entries', () => {
  const [first = 0, ...rest] = singularValues(matrix(4, 3, [1, 2, 3].flatMap(() => [1, 2, 3]).concat([1, 2, 3])));
  expect(first).toBeCloseTo(Math.sqrt(4 * 14), 14);
  expect(largest(rest) / first).toBeLessThan(1e-15);
  expect(singularValues(matrix(3, 2))).toEqual([0, 0]);
  expect(singularValues(matrix(1, 1, -5))).toEqual([5]);
  const swap = matrix(2, 2, [0, 1, 1, 0]);
  expect(largest(symmetricEigenvalues(swap).map((x, i) => x - [-1, 1][i]!))).toBeLessThan(1e-15);
});

describe('the mean singular value of a 100×100 layer is that of the quarter-circle law', () => {
  const scalars = reference.scalars;
  test.each([
    ['variance 1/n', lecunNormal, scalars['init.semicircle_mean_singular_value'].value],
    ['±1/√n', inverseSqrt, scalars['init.semicircle_mean_singular_value_golden'].value],
  ] as const)('%s', (_, initializer, expected) => {
    const s = singularValues(initializer(100, 100, createRandom(4)));
    expect(Math.abs(s.reduce((sum, x) => sum + x, 0) / 100 / expected - 1)).toBeLessThan(0.01);
  });
});

test('errors carry the values', () => {
  expect(() => symmetricEigenvalues(matrix(1, 1, Infinity))).toThrow('the matrix has Infinity at row 0, column 0');
  expect(() => singularValues(matrix(2, 2, [1, 2, Number.NaN, 4]))).toThrow('the matrix has NaN at row 1, column 0');
  expect(() => symmetricEigenvalues(matrix(2, 3))).toThrow('a 2×3 matrix has no eigenvalues');
  expect(() =>
    symmetricEigenvalues(
      matrix(2, 2, [
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toThrow('entry (1, 0) is 3, entry (0, 1) is 2');
});
