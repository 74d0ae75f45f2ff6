/** At a plateau, a small difference between two equal units grows at the rate that an eigenvalue predicts. */
import { describe, expect, test } from 'vitest';
import {
  backward,
  forward,
  gradientDescent,
  linearSquaredError,
  matrix,
  network,
  numbers,
  type Parameters,
  symmetricEigenvalues,
  tanh,
  toRows,
  train,
} from '../../src/engine/index.ts';
import { flatten, parametersOf, reference } from './examples.ts';

const grid = Array.from({ length: 9 }, (_, i) => -2 + i / 2);
const inputs = grid.flatMap((x) => grid.map((y) => [x, y]));
const teachers = inputs.map(([x = 0, y = 0]) => [tanh.g(1.5 * x + 0.5 * y), tanh.g(0.5 * x + 1.5 * y)]);
const X = matrix(inputs.length, 2, inputs);
const sumOfTeachers = matrix(
  inputs.length,
  1,
  teachers.map(([p = 0, q = 0]) => [p + q]),
);
const bothTeachers = matrix(inputs.length, 2, teachers);

describe.each([
  ['one output: the sum of two teachers', reference.symmetry_growth.teacher_K1_sum, sumOfTeachers],
  ['two outputs: a teacher each', reference.symmetry_growth.teacher_K2_sep, bothTeachers],
] as const)('%s', (_, r, Y) => {
  const K = Y.cols;
  const net = network({ units: [2, 2, K], activation: tanh, output: linearSquaredError, bias: false });
  const plateau = parametersOf([
    [
      [r.w, r.w],
      [0, 0],
    ],
    [r.v.map((v) => [v, v]), r.v.map(() => 0)],
  ]);
  const { J, delta, gradient } = backward(net, plateau, X, Y);

  test('the plateau is a critical point with the reference cost', () => {
    expect(Math.abs(J - r.J)).toBeLessThan(1e-12);
    expect(Math.max(...flatten(gradient).map(Math.abs))).toBeLessThan(1e-12);
  });

  // H = [[A, B], [Bᵀ, 0]], A = E[(v·δ) g″(s) x xᵀ], B = E[g′(s) x δᵀ], s = w·x, δ of the output
  const z = toRows(forward(net, plateau, X).z[2]!).map(([s = 0]) => s);
  const outer = toRows(delta[3]!);
  const mean = (term: (e: number) => number) => inputs.reduce((sum, _, e) => sum + term(e), 0) / inputs.length;
  const bend = (s: number) => -2 * tanh.g(s) * tanh.derivative(s);
  const A = [0, 1].map((i) =>
    [0, 1].map((j) =>
      mean((e) => outer[e]!.reduce((s, d, k) => s + r.v[k]! * d, 0) * bend(z[e]!) * inputs[e]![i]! * inputs[e]![j]!),
    ),
  );
  const B = [0, 1].map((i) => r.v.map((_, k) => mean((e) => tanh.derivative(z[e]!) * inputs[e]![i]! * outer[e]![k]!)));
  const H = matrix(2 + K, 2 + K, [
    ...A.map((row, i) => [...row, ...B[i]!]),
    ...r.v.map((_, k) => [...B.map((row) => row[k]!), ...r.v.map(() => 0)]),
  ]);

  test('A, B and H have the reference spectra', () => {
    const near = (actual: readonly number[], expected: readonly number[]) => {
      const sorted = expected.toSorted((x, y) => x - y);
      expect(Math.max(...actual.map((x, i) => Math.abs(x - sorted[i]!)))).toBeLessThan(1e-10);
    };
    near(symmetricEigenvalues(matrix(2, 2, A)), r.A_eig);
    near(symmetricEigenvalues(H), r.Hanti_eig);
    const norm = Math.sqrt(B.flat().reduce((s, x) => s + x * x, 0));
    expect(Math.abs(norm - r.B_norm)).toBeLessThan(1e-10);
  });

  test('a small asymmetry grows by ln(1 − ημ) a step', () => {
    const predicted = numbers.log(1 - r.eta * symmetricEigenvalues(H)[0]!);
    expect(Math.abs(predicted - r.growth_pred)).toBeLessThan(1e-10);
    const start = parametersOf([
      [
        [r.w, r.w.map((w, i) => w + [1e-9, -5e-10][i]!)],
        [0, 0],
      ],
      [r.v.map((v) => [v, v + 3e-10]), r.v.map(() => 0)],
    ]);
    const optimizer = gradientDescent({ rate: r.eta });
    const settled = Math.round(7 / predicted); // e^7 ≈ 1000: by then the components that do not grow are a thousandth
    const run = train(
      net,
      start,
      { X, Y },
      { optimizer, steps: settled + 30, record: { at: [settled, settled + 30] } },
    );
    const spread = ({ Theta }: Parameters) => {
      const [a = 0, b = 0, c = 0, d = 0] = Theta[1]!.data;
      const into = (a - c) ** 2 + (b - d) ** 2;
      return Math.sqrt(toRows(Theta[2]!).reduce((s, [p = 0, q = 0]) => s + (p - q) ** 2, into));
    };
    const [early = 0, late = 0] = run.snapshots.map(({ parameters }) => spread(parameters));
    expect(late).toBeLessThan(1e-2);
    expect(Math.abs(numbers.log(late / early) / 30 / predicted - 1)).toBeLessThan(1e-5);
  });
});
