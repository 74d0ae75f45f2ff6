/** Permuting hidden units permutes their gradients, and units that start equal stay equal to the last bit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adam,
  adamW,
  backward,
  createRandom,
  dropoutMasks,
  forward,
  gradientDescent,
  type Matrix,
  momentum,
  nesterov,
  type Optimizer,
  type Parameters,
  rmsProp,
  singularValues,
  softmaxCrossEntropy,
  takeRows,
  tanh,
  trainReference,
  transpose,
} from '../../src/engine/index.ts';
import { activations, flatten, outputs, randomCase } from './examples.ts';

const anyCase = fc.record({
  units: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 5 }),
  activation: fc.constantFrom(...activations),
  output: fc.constantFrom(...outputs),
  m: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer(),
  bias: fc.boolean(),
});

const takeCols = (m: Matrix, indices: readonly number[]): Matrix => transpose(takeRows(transpose(m), indices));

/** The same function with the units of hidden layer l in another order. */
function permute({ Theta, b }: Parameters, l: number, order: readonly number[]): Parameters {
  return {
    Theta: Theta.map((m, k) => (k === l - 1 ? takeRows(m, order) : k === l ? takeCols(m, order) : m)),
    b: b.map((v, k) => (k === l - 1 ? Float64Array.from(order, (i) => v[i]!) : v)),
  };
}

test('the gradient commutes with a permutation of hidden units', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(), (options, pick) => {
      const { net, parameters, X, Y } = randomCase(options);
      const l = 2 + (pick % (net.L - 2));
      const order = createRandom(options.seed).permutation(net.units[l - 1]!);
      const before = backward(net, parameters, X, Y);
      const after = backward(net, permute(parameters, l, order), X, Y);
      const near = (x: number, y: number) => Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(x));
      expect(after.J).toSatisfy((J: number) => near(J, before.J));
      const expected = flatten(permute(before.gradient, l, order));
      const off = flatten(after.gradient).findIndex((x, i) => !near(x, expected[i]!));
      expect(off).toBe(-1);
    }),
  );
});

/** Makes all units of each hidden layer equal: rows of the incoming matrix, columns of the outgoing one. */
function equalUnits(parameters: Parameters, L: number): void {
  for (let l = 2; l < L; l++) {
    const into = parameters.Theta[l - 1]!;
    const out = parameters.Theta[l]!;
    into.data.forEach((_, at) => {
      into.data[at] = into.data[at % into.cols]!;
    });
    parameters.b[l - 1]!.fill(parameters.b[l - 1]![0]!);
    out.data.forEach((_, at) => {
      out.data[at] = out.data[at - (at % out.cols)]!;
    });
  }
}

/** Whether all rows of every Theta[l−1] and all columns of every Theta[l] of hidden layers are the same bits. */
function unitsAreEqual({ Theta, b }: Parameters, L: number): boolean {
  const same = (xs: Float64Array[]) => xs.every((x) => x.every((v, i) => Object.is(v, xs[0]![i])));
  const rows = (m: Matrix) => Array.from({ length: m.rows }, (_, i) => m.data.subarray(i * m.cols, (i + 1) * m.cols));
  return Array.from({ length: L - 2 }, (_, k) => k + 2).every(
    (l) => same(rows(Theta[l - 1]!)) && same(rows(transpose(Theta[l]!))) && new Set(b[l - 1]!).size === 1,
  );
}

const optimizers: Optimizer[] = [
  gradientDescent({ rate: 0.1, l2: 0.01, clipNorm: 0.5, schedule: (step) => 1 / (1 + step) }),
  momentum({ rate: 0.05, mu: 0.9 }),
  nesterov({ rate: 0.05, mu: 0.9 }),
  rmsProp({ rate: 0.01 }),
  adam({ rate: 0.01 }),
  adamW({ rate: 0.01, decay: 0.1 }),
];

test('units that start equal stay equal to the last bit, under every optimiser and any order of the data', () => {
  fc.assert(
    fc.property(anyCase, fc.constantFrom(...optimizers), (options, optimizer) => {
      const { net, parameters, X, Y } = randomCase(options);
      equalUnits(parameters, net.L);
      const batch = 1 + (options.m >> 1);
      const order = createRandom(options.seed);
      const run = trainReference(net, parameters, { X, Y }, { optimizer, steps: 20, batch, order });
      expect(unitsAreEqual(run.parameters, net.L)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

describe('in a network of equal units', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 8, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 12,
    seed: 2,
  });
  equalUnits(parameters, net.L);

  test('their activations have rank one', () => {
    const [first = 0, second = 1] = singularValues(forward(net, parameters, X).a[2]!);
    expect(second / first).toBeLessThan(1e-15);
  });

  test('dropout makes their gradients differ', () => {
    const masks = dropoutMasks(net, X.rows, 0.5, createRandom(1));
    const { gradient } = backward(net, parameters, X, Y, { masks });
    expect(unitsAreEqual(gradient, net.L)).toBe(false);
  });
});
