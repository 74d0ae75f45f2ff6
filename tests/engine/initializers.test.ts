/** Initialisers: their bounds and variances, a random stream for each layer, and orthogonality. */
import { describe, expect, test } from 'vitest';
import {
  constant,
  createRandom,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  initialise,
  inverseSqrt,
  lecunNormal,
  lecunUniform,
  linearSquaredError,
  logistic,
  matrix,
  network,
  normal,
  orthogonal,
  tanh,
  toRows,
  truncatedNormal,
  uniform,
  zeros,
} from '../../src/engine/index.ts';
import { shapeOf } from '../../src/engine/network.ts';
import { reference } from './examples.ts';

const value = (name: keyof typeof reference.scalars) => (reference.scalars[name] as { value: number }).value;
const mean = (xs: readonly number[]) => xs.reduce((s, x) => s + x, 0) / xs.length;
/** The entries of six fanOut × fanIn matrices. */
const sample = (initializer: Initializer, fanIn: number, fanOut: number) => {
  const random = createRandom(11);
  return Array.from({ length: 6 }, (_, k) => [...initializer(fanIn, fanOut, random.split(k)).data]).flat();
};

describe('uniform initialisers fill their interval', () => {
  test.each([
    ['inverseSqrt', inverseSqrt, 100, 100, value('init.n100.golden_uniform_bound')],
    ['heUniform', heUniform, 100, 100, value('init.n100.he_uniform_bound')],
    ['lecunUniform', lecunUniform, 100, 100, value('init.n100.lecun_uniform_bound')],
    ['glorotUniform', glorotUniform, 100, 50, value('init.glorot_100_50.uniform_bound')],
    ['uniform(0.3)', uniform(0.3), 60, 60, 0.3],
  ] as const)('%s', (_, initializer, fanIn, fanOut, bound) => {
    const x = sample(initializer, fanIn, fanOut);
    expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...x)).toBeGreaterThan(0.999 * bound);
    expect(Math.min(...x)).toBeLessThan(-0.999 * bound);
  });
});

describe('variances', () => {
  test.each([
    ['inverseSqrt', inverseSqrt, 100, 100, value('init.n100.golden_var')],
    ['lecunNormal', lecunNormal, 100, 100, value('init.n100.lecun_var')],
    ['lecunUniform', lecunUniform, 100, 100, value('init.n100.lecun_var')],
    ['heNormal', heNormal, 100, 100, value('init.n100.he_var')],
    ['heUniform', heUniform, 100, 100, value('init.n100.he_var')],
    ['glorotNormal', glorotNormal, 100, 50, value('init.glorot_100_50.var')],
    ['glorotUniform', glorotUniform, 100, 50, value('init.glorot_100_50.var')],
    ['normal(2)', normal(2), 100, 100, 4],
    // Var of N(0, 1) within ±2: 1 − 4φ(2)/(2Φ(2) − 1)
    ['truncatedNormal(2)', truncatedNormal(2), 100, 100, 4 * 0.7737413035],
  ] as const)('%s', (_, initializer, fanIn, fanOut, variance) => {
    const x = sample(initializer, fanIn, fanOut);
    expect(Math.abs(mean(x.map((v) => v * v)) / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / x.length));
    expect(Math.abs(mean(x))).toBeLessThan(4 * Math.sqrt(variance / x.length));
  });
});

test('truncatedNormal stays within two standard deviations', () => {
  expect(Math.max(...sample(truncatedNormal(0.5), 50, 50).map(Math.abs))).toBeLessThanOrEqual(1);
});

test('with a scale of 0 every weight is 0', () => {
  for (const initializer of [uniform(0), normal(0), truncatedNormal(0), orthogonal(0)])
    expect(sample(initializer, 3, 2).every((x) => x === 0)).toBe(true);
});

test('weights are drawn row by row, and no more numbers are drawn than needed', () => {
  const random = createRandom(2);
  const m = normal(1)(3, 2, random);
  const again = createRandom(2);
  expect([...m.data]).toEqual(Array.from({ length: 6 }, () => again.normal()));
  expect(random.uniform()).toBe(again.uniform());
  orthogonal()(5, 2, random);
  for (let k = 0; k < 10; k++) again.normal();
  expect(random.uniform()).toBe(again.uniform());
});

test.each([
  [4, 4],
  [3, 7],
  [7, 3],
  [1, 5],
] as const)('orthogonal(2) from %d to %d units has orthogonal rows or columns of length 2', (fanIn, fanOut) => {
  const m = orthogonal(2)(fanIn, fanOut, createRandom(3));
  expect([m.rows, m.cols]).toEqual([fanOut, fanIn]);
  const rows = toRows(m);
  const vectors = fanOut <= fanIn ? rows : Array.from({ length: fanIn }, (_, j) => rows.map((row) => row[j]!));
  for (const [i, u] of vectors.entries())
    for (const [j, v] of vectors.entries())
      expect(Math.abs(u.reduce((s, x, k) => s + x * v[k]!, 0) - (i === j ? 4 : 0))).toBeLessThan(1e-14 * 10);
});

describe('initialise', () => {
  const net = network({ units: [3, 4, 2], activation: tanh, output: linearSquaredError });
  const random = createRandom(5);

  test('draws weights of the right shapes, and zero biases by default', () => {
    const { Theta, b } = initialise(net, { weights: lecunNormal }, random);
    expect(Theta.map(({ rows, cols }) => [rows, cols])).toEqual([
      [0, 0],
      [4, 3],
      [2, 4],
    ]);
    expect(b.map((v) => [...v])).toEqual([[], [0, 0, 0, 0], [0, 0]]);
    const biased = initialise(net, { weights: zeros, bias: constant(0.5) }, random);
    expect(biased.b.map((v) => [...v])).toEqual([[], [0.5, 0.5, 0.5, 0.5], [0.5, 0.5]]);
    expect(new Set(biased.Theta[1]!.data)).toEqual(new Set([0]));
  });

  test('one initialiser a layer, and a layer’s numbers do not depend on the others', () => {
    const mixed = initialise(net, { weights: [constant(1), heNormal] }, random);
    const all = initialise(net, { weights: heNormal }, random);
    expect(mixed.Theta[1]).toEqual(matrix(4, 3, 1));
    expect(mixed.Theta[2]).toEqual(all.Theta[2]);
    const wider = network({ units: [5, 4, 2], activation: logistic(), output: linearSquaredError });
    expect(initialise(wider, { weights: heNormal }, random).Theta[2]).toEqual(all.Theta[2]);
  });

  test('every Theta[l] and every b[l] has a stream of its own', () => {
    const even = network({ units: [3, 3, 3], activation: tanh, output: linearSquaredError });
    const { Theta, b } = initialise(even, { weights: normal(1), bias: normal(1) }, random);
    const first = [Theta[1]!.data, Theta[2]!.data, b[1]!, b[2]!].map(([x]) => x);
    expect(new Set(first).size).toBe(4);
  });

  test('biases can share the rule of the weights', () => {
    const { b } = initialise(net, { weights: zeros, bias: inverseSqrt }, random);
    expect([...b[1]!].every((x) => Math.abs(x) <= 1 / Math.sqrt(3) && x !== 0)).toBe(true);
  });
});

describe('errors carry the values', () => {
  const net = network({ units: [3, 4, 2], activation: tanh, output: linearSquaredError, bias: false });
  test.each([
    [() => uniform(-1), 'the bound of uniform must be at least 0 and finite, not -1'],
    [() => normal(Number.NaN), 'the standard deviation of normal must be at least 0 and finite, not NaN'],
    [() => truncatedNormal(Infinity), 'the standard deviation of truncatedNormal must be at least 0 and finite'],
    [() => orthogonal(-2), 'the gain of orthogonal'],
    [() => constant(Infinity), 'constant(Infinity) is no weight'],
    [
      () => initialise(net, { weights: [zeros] }, createRandom(0)),
      '1 initialisers do not fit the 2 matrices of [3,4,2]',
    ],
    [() => shapeOf(net, 0), 'Theta[0] is not in a network of 3 layers'],
    [() => shapeOf(net, 3), 'Theta[3] is not in a network of 3 layers'],
    [() => initialise(net, { weights: zeros, bias: constant(1) }, createRandom(0)), 'a network without bias'],
    [() => logistic(0), 'the slope β of the logistic must be positive and finite, not 0'],
    [() => matrix(2, 2, [1, 2, 3]), '3 numbers do not fill a 2×2 matrix'],
    [() => matrix(2, 2, [[1, 2]]), '1 rows do not fill a 2×2 matrix'],
    [() => matrix(2, 2, [[1, 2], [3]]), 'row 1 of a 2×2 matrix has 1 entries'],
    [() => matrix(-1, 2), 'a matrix cannot be -1×2'],
    [() => matrix(2, -1), 'a matrix cannot be 2×-1'],
    [() => matrix(0.5, 2), 'a matrix cannot be 0.5×2'],
    [() => matrix(2, 0.5), 'a matrix cannot be 2×0.5'],
  ] as const)('%#', (act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});
