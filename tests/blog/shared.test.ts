import { expect, test } from 'vitest';
import { linearClasses } from '../../experiments/shared/classes.ts';
import { descend } from '../../experiments/shared/descent.ts';
import { reverseColumns, withUnit } from '../../experiments/shared/one-hidden-layer.ts';
import { antisymmetricHessian, fromUnits, lowest, twoUnits, unit } from '../../experiments/shared/plateau.ts';
import { columnSpread, rowSpread, unitSpread } from '../../experiments/shared/spread.ts';
import { shareInterval } from '../../experiments/shared/trained.ts';
import {
  backward,
  constant,
  cost,
  createRandom,
  gradientDescent,
  initialise,
  lecunNormal,
  linearSquaredError,
  matrix,
  network,
  symmetricEigenvalues,
  tanh,
  toRows,
  train,
} from '../../src/engine/index.ts';

const random = createRandom(7);
const normals = (n: number): number[] => Array.from({ length: n }, () => random.normal());

test('spread is 0 for equal units and the largest difference otherwise', () => {
  const net = network({ units: [3, 4, 4, 2], activation: tanh, output: linearSquaredError });
  const equal = initialise(net, { weights: constant(0.5) }, random);
  expect(unitSpread(equal)).toBe(0);
  equal.Theta[2]!.data[5]! += 0.25;
  expect(unitSpread(equal)).toBe(0.25);
  const m = matrix(2, 3, [
    [1, 2, 3],
    [1, 5, 3],
  ]);
  expect([rowSpread(m), columnSpread(m)]).toEqual([3, 4]);
});

test('reversing columns twice changes nothing', () => {
  const m = matrix(2, 3, normals(6));
  expect(reverseColumns(reverseColumns(m))).toEqual(m);
  expect(toRows(reverseColumns(matrix(1, 3, [1, 2, 3])))).toEqual([[3, 2, 1]]);
});

test('a unit taken from other parameters brings its row, its bias and its column, and nothing else', () => {
  const net = network({ units: [2, 3, 2], activation: tanh, output: linearSquaredError });
  const [zero, one] = [0, 1].map((c) => initialise(net, { weights: constant(c), bias: constant(c) }, random)) as [
    never,
    never,
  ];
  const mixed = withUnit(zero, 1, one);
  expect(mixed.Theta.slice(1).map(toRows)).toEqual([
    [
      [0, 0],
      [1, 1],
      [0, 0],
    ],
    [
      [0, 1, 0],
      [0, 1, 0],
    ],
  ]);
  expect([...mixed.b[1]!, ...mixed.b[2]!]).toEqual([0, 1, 0, 0, 0]);
});

test('a step of descend is a step of gradient descent', () => {
  const net = network({ units: [2, 3, 1], activation: tanh, output: linearSquaredError });
  const start = initialise(net, { weights: lecunNormal }, random);
  const data = { X: matrix(4, 2, normals(8)), Y: matrix(4, 1, normals(4)) };
  const { gradient } = backward(net, start, data.X, data.Y);
  const { parameters } = train(net, start, data, { optimizer: gradientDescent({ rate: 0.1 }), steps: 1 });
  expect(descend(start, gradient, () => 0.1)).toEqual(parameters);
});

test('the lowest eigenvalue is the first of the spectrum, and its vector is an eigenvector', () => {
  const half = normals(16);
  const H = matrix(
    4,
    4,
    Array.from({ length: 16 }, (_, at) => half[at]! + half[(at % 4) * 4 + Math.floor(at / 4)]!),
  );
  const { value, vector } = lowest(H);
  expect(value).toBeCloseTo(Math.min(...symmetricEigenvalues(H)), 10);
  toRows(H).forEach((row, i) => {
    expect(row.reduce((sum, x, j) => sum + x * vector[j]!, 0)).toBeCloseTo(value * vector[i]!, 8);
  });
});

test('H is the curvature of J against exchanging two units', () => {
  const net = twoUnits(2, 2);
  const [w, v, push] = [normals(2), normals(2), normals(4)];
  const data = { X: matrix(6, 2, normals(12)), Y: matrix(6, 2, normals(12)) };
  const symmetric = fromUnits([w, w], [v, v]);
  const at = (epsilon: number) => {
    const moved = [1, -1].map((sign) => unit(symmetric, 0).map((x, i) => x + sign * epsilon * push[i]!));
    return cost(
      net,
      fromUnits(
        moved.map((u) => u.slice(0, 2)),
        moved.map((u) => u.slice(2)),
      ),
      data.X,
      data.Y,
    );
  };
  const h = 1e-3;
  const curvature = (at(h) - 2 * at(0) + at(-h)) / (h * h);
  const rows = toRows(antisymmetricHessian(net, symmetric, data.X, data.Y).H);
  const form = push.reduce((sum, x, i) => sum + x * rows[i]!.reduce((inner, y, j) => inner + y * push[j]!, 0), 0);
  expect(2 * form).toBeCloseTo(curvature, 4);
});

test('labels are one-hot, or 0 and 1 with one output', () => {
  const { Y } = linearClasses({ m: 20, inputs: 3, outputs: 3 }, createRandom(1));
  expect(toRows(Y).every((row) => [...row].sort().join() === '0,0,1')).toBe(true);
  const single = linearClasses({ m: 20, inputs: 3, outputs: 1 }, createRandom(1));
  expect(new Set(single.Y.data)).toEqual(new Set([0, 1]));
});

test('the interval of a share has a width at both ends, and shrinks with the number of runs', () => {
  // Wilson 1927, by hand: 0 of 20 reaches to z²/(n + z²).
  expect(shareInterval(0, 20)[0]).toBe(0);
  expect(shareInterval(0, 20)[1]).toBeCloseTo(1.96 ** 2 / (20 + 1.96 ** 2), 12);
  expect(shareInterval(1, 20)[0]).toBeCloseTo(1 - shareInterval(0, 20)[1], 12);
  const width = (n: number) => shareInterval(0.5, n)[1] - shareInterval(0.5, n)[0];
  expect(width(80)).toBeLessThan(0.55 * width(20));
});
