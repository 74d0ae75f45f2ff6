/** Networks, optimisers and worked examples agree to 1e-12 with numbers computed by other programs. */
import { describe, expect, test } from 'vitest';
import {
  adam,
  backward,
  cost,
  forward,
  gradientDescent,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  matrix,
  network,
  sloped,
  tanh,
  toRows,
  train,
} from '../../src/engine/index.ts';
import { flatten, fromReference, parametersOf, reference } from './examples.ts';

const { networks, scalars } = reference;

/** Expects the same numbers, nested in whatever way, to within the tolerance. */
function agree(actual: unknown, expected: unknown, tolerance = 1e-12): void {
  const [a, e] = [actual, expected].map((x) => (typeof x === 'number' ? [x] : (x as number[][]).flat(3)));
  expect(a).toHaveLength(e!.length);
  const difference = Math.max(...a!.map((x, i) => Math.abs(Number(x) - Number(e![i]))));
  expect(difference, `${a} against ${e}`).toBeLessThanOrEqual(tolerance);
}

describe.each(['A_sig_sig_ce', 'C_tanh_lin_mse', 'E_symmetric_tanh_sig_ce'] as const)('%s', (name) => {
  const r = networks[name];
  const { net, parameters, X, Y } = fromReference(r);

  test('forward and backward', () => {
    const { z, a } = forward(net, parameters, X);
    const { J, delta, gradient } = backward(net, parameters, X, Y);
    agree([z[2]!, a[2]!, z[3]!, a[3]!].map(toRows), [r.z2, r.a2, r.z3, r.a3]);
    agree([J, cost(net, parameters, X, Y)], [r.J, r.J]);
    agree([delta[3]!, delta[2]!].map(toRows), [r.delta3, r.delta2]);
    agree(flatten(gradient), [...r.dTheta1.flat(), ...r.db1, ...r.dTheta2.flat(), ...r.db2]);
  });

  test('a step of gradient descent', () => {
    const run = train(net, parameters, { X, Y }, { optimizer: gradientDescent({ rate: r.eta }), steps: 1 });
    agree([...run.J], [r.J, r.J_after_step]);
    const expected = [r.Theta1_after, r.b1_after, r.Theta2_after, r.b2_after] as (number | number[])[][];
    agree(flatten(run.parameters), expected.flat(2));
  });
});

test.each([
  ['opt_sgd', gradientDescent({ rate: networks.opt_sgd.eta })],
  ['opt_adam', adam({ rate: networks.opt_adam.eta })],
] as const)('the trajectory of %s', (name, optimizer) => {
  const { net, parameters, X, Y } = fromReference(networks.A_sig_sig_ce);
  const run = train(net, parameters, { X, Y }, { optimizer, steps: 10, record: { at: [1, 3] } });
  agree([...run.J], networks[name].J);
  agree(flatten(run.snapshots[0]!.parameters), networks[name].theta_after_1);
  agree(flatten(run.snapshots[1]!.parameters), networks[name].theta_after_3);
});

describe('the worked example of Mazur (2015)', () => {
  const r = networks.mazur;
  const net = network({ units: [2, 2, 2], activation: logistic(), output: logisticSquaredError });
  const parameters = parametersOf([
    [
      [
        [0.15, 0.2],
        [0.25, 0.3],
      ],
      [0.35, 0.35],
    ],
    [
      [
        [0.4, 0.45],
        [0.5, 0.55],
      ],
      [0.6, 0.6],
    ],
  ]);
  const X = matrix(1, 2, [0.05, 0.1]);
  const Y = matrix(1, 2, [0.01, 0.99]);
  const optimizer = gradientDescent({ rate: 0.5 });

  test('one step', () => {
    const { J, parameters: after } = train(net, parameters, { X, Y }, { optimizer, steps: 1 });
    agree([...J], [r.J0, r.J1_bias_updated]);
    agree([toRows(after.Theta[1]!), toRows(after.Theta[2]!)], [r.Theta1, r.Theta2]);
  });

  test('10,000 steps with the biases kept as they are', () => {
    // The published program never updates its biases, so they are put back after each step.
    let now = parameters;
    const J = [cost(net, now, X, Y)];
    for (let step = 0; step < 10_000; step++) {
      const after = train(net, now, { X, Y }, { optimizer, steps: 1 }).parameters;
      now = { Theta: after.Theta, b: parameters.b };
      if (step === 0) J.push(cost(net, now, X, Y));
    }
    agree(J, [r.J0, r.J1_bias_fixed]);
    agree(cost(net, now, X, Y), r.J10000_bias_fixed);
  });
});

describe('a logistic slope β is a rate β²η on weights β times as large', () => {
  const r = networks.gain_lr;
  const { parameters, X, Y } = fromReference(networks.A_sig_sig_ce);
  const steps = [0, 1, 10, 100, 1000] as const;
  const curve = (beta: number, rate: number, scale: number) => {
    const output = beta === 1 ? logisticSquaredError : sloped(logisticSquaredError, beta);
    const net = network({ units: [2, 2, 1], activation: logistic(beta), output });
    const start = {
      Theta: parameters.Theta.map((m) => ({ ...m, data: m.data.map((w) => scale * w) })),
      b: parameters.b.map((b) => b.map((x) => scale * x)),
    };
    const { J } = train(net, start, { X, Y }, { optimizer: gradientDescent({ rate }), steps: 1000 });
    return steps.map((step) => J[step]!);
  };
  const expected = (J: Record<string, number>) => steps.map((step) => J[step]!);

  test('β = 2 gives the same bits either way, and the reference', () => {
    expect(curve(2, r.eta, 1)).toEqual(curve(1, 4 * r.eta, 2));
    agree(curve(2, r.eta, 1), expected(r.J));
    agree(curve(1, 4 * r.eta, 2), expected(r.J_equiv));
  });

  test('β = 3', () => {
    agree(curve(3, r.eta, 1).at(-1), r.beta3_J1000);
  });

  test('a rate βη is not enough, with the same weights or with larger ones', () => {
    agree(curve(1, 2 * r.eta, 1), expected(r.J_naive));
    agree(curve(1, 2 * r.eta, 2), expected(r.J_naive_scaled));
  });
});

const value = (name: keyof typeof scalars): number => (scalars[name] as { value: number }).value;

describe('one logistic unit from z = 10 towards y = 0 with η = 1', () => {
  test.each([
    ['squared error', logisticSquaredError, value('saturation.discrete_steps_mse_eta1_z10')],
    ['cross-entropy', logisticCrossEntropy, value('saturation.discrete_steps_ce_eta1_z10')],
  ] as const)('takes the reference number of steps under %s', (_, output, steps) => {
    const net = network({ units: [1, 1], activation: [], output });
    const start = parametersOf([[[[0]], [10]]]);
    const data = { X: matrix(1, 1, [0]), Y: matrix(1, 1, [0]) };
    const optimizer = gradientDescent({ rate: 1 });
    const run = train(net, start, data, { optimizer, steps, record: { at: [steps - 1] } });
    expect(run.snapshots[0]!.parameters.b[1]![0]).toBeGreaterThan(0);
    expect(run.parameters.b[1]![0]).toBeLessThanOrEqual(0);
  });
});

test('the slopes of the logistic', () => {
  const { derivative } = logistic();
  agree(
    [0, 2, 4].map(derivative),
    [0, 2, 4].map((z) => value(`sigmoid_prime.at_${z}` as keyof typeof scalars)),
  );
  agree(derivative(10) / value('sigmoid_prime.at_10'), 1);
  agree(derivative(2) / derivative(10) / value('sigmoid_prime.ratio_2_over_10'), 1);
});

test('where logistic and tanh round to 1', () => {
  const logisticOne = scalars['saturation.float64_sigmoid_one_threshold'].value;
  const tanhOne = scalars['saturation.float64_tanh_one_threshold'].value;
  expect(logistic().g(logisticOne * (1 + 1e-12))).toBe(1);
  expect(logistic().g(logisticOne - 0.1)).toBeLessThan(1);
  expect(tanh.g(tanhOne * (1 + 1e-12))).toBe(1);
  expect(tanh.g(tanhOne - 0.1)).toBeLessThan(1);
});
