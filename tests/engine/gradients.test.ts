/** Backpropagation equals central differences, for every activation and every output; the cost and its gradient in edge cases. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backward,
  checkGradients,
  copyParameters,
  cost,
  createRandom,
  dropoutMasks,
  elu,
  type Functions,
  forward,
  identity,
  leakyRelu,
  linearSquaredError,
  logistic,
  logisticCrossEntropy,
  matrix,
  network,
  numbers,
  sloped,
  softmaxCrossEntropy,
  tanh,
} from '../../src/engine/index.ts';
import { activations, outputs, randomCase } from './examples.ts';

describe.each(outputs)('$name', (output) => {
  test.each(activations)('with $name', (activation) => {
    const { net, parameters, X, Y } = randomCase({ units: [3, 4, 3, 2], activation, output, m: 5, seed: 7 });
    const check = checkGradients(net, parameters, X, Y, { l2: 0.1 });
    expect(check).toSatisfy(({ error }) => error < 1e-9);
  });
});

describe.each(activations)('$name', ({ g, derivative, kink }) => {
  test('its slope is its derivative, in the tails too', () => {
    const h = 1e-5;
    for (const z of [-30, -12, -6, -3, -1.2, -0.4, -0.01, 0.01, 0.4, 1.2, 3, 6, 12, 30]) {
      const difference = (g(z + h) - g(z - h)) / (2 * h);
      expect(Math.abs(derivative(z) - difference), `at ${z}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(g(z))));
    }
  });

  test('its kink is declared', () => {
    const jump = Math.abs(derivative(1e-9) - derivative(-1e-9));
    if (kink) expect(Math.abs(jump - Math.abs(kink.right - kink.left))).toBeLessThan(1e-8);
    else expect(jump).toBeLessThan(1e-8);
  });
});

test('the name of an activation has its parameters, and its kink both slopes', () => {
  expect(logistic(2)).toMatchObject({ name: 'logistic(2)' });
  expect(logistic(2)).not.toHaveProperty('kink');
  expect(leakyRelu(0.3)).toMatchObject({ name: 'leakyRelu(0.3)', kink: { right: 1, left: 0.3, below: 'line' } });
  expect(elu(0.7)).toMatchObject({ name: 'elu(0.7)', kink: { right: 1, left: 0.7, below: 'exponential' } });
  for (const [make, what] of [
    [logistic, 'the slope β of the logistic'],
    [leakyRelu, 'the slope α of leakyRelu'],
    [elu, 'the scale α of elu'],
  ] as const)
    for (const value of [0, -1, Infinity, Number.NaN])
      expect(() => make(value)).toThrow(`${what} must be positive and finite, not ${value}`);
});

test('the slope of the logistic is the same at z and −z, to the last bit, and not 0 at ±40', () => {
  const { derivative } = activations.find(({ name }) => name === 'logistic(1)')!;
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (z) => {
      expect(derivative(z)).toBe(derivative(-z));
    }),
  );
  expect(derivative(40)).toBeCloseTo(4.248354255291589e-18, 30);
});

test('every entry is checked: a wrong gradient is found where it is', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [2, 3, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 4,
    seed: 1,
  });
  const wrong = {
    ...tanh,
    formula: ((f, z) => ({ ...tanh.formula(f, z), slope: f.constant(1) })) as typeof tanh.formula,
  };
  const broken = { ...net, activations: [undefined, undefined, wrong] };
  const check = checkGradients(broken, parameters, X, Y);
  expect(check.error).toBeGreaterThan(1e-3);
  expect(check.at).toMatch(/^(Theta|b)\[1\]/);
});

test('the entry furthest off comes with both of its values, for the step and the penalty asked for', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 4, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 5,
    seed: 2,
  });
  // With a step this wide every entry is off, each by another amount.
  const [step, l2] = [0.5, 0.3];
  const { gradient } = backward(net, parameters, X, Y, { l2 });
  const moved = copyParameters(parameters);
  const checks = [1, 2].flatMap((l) => {
    const { cols, data } = moved.Theta[l]!;
    const at = (entries: Float64Array, i: number, value: number) => {
      const theta = entries[i]!;
      entries[i] = value;
      const J = cost(net, moved, X, Y, { l2 });
      entries[i] = theta;
      return J;
    };
    const check = (name: string, entries: Float64Array, i: number, expected: number) => {
      const difference = (at(entries, i, entries[i]! + step) - at(entries, i, entries[i]! - step)) / (2 * step);
      const error = Math.abs(expected - difference) / Math.max(1, Math.abs(expected), Math.abs(difference));
      return { error, at: name, backward: expected, difference };
    };
    const weights = [...gradient.Theta[l]!.data].map((value, k) =>
      check(`Theta[${l}][${Math.floor(k / cols)}][${k % cols}]`, data, k, value),
    );
    return [...weights, ...[...gradient.b[l]!].map((value, k) => check(`b[${l}][${k}]`, moved.b[l]!, k, value))];
  });
  const worst = checks.reduce((most, each) => (each.error > most.error ? each : most));
  const before = copyParameters(parameters);
  expect(checkGradients(net, parameters, X, Y, { step, l2 })).toEqual(worst);
  expect(parameters).toEqual(before);
});

test('a gradient of NaN is reported as the largest error, whichever entry it is', () => {
  // The slope is NaN below 0, where z of the first unit lies; that of the second is positive.
  const broken = {
    ...identity,
    name: 'broken',
    derivative: (z: number) => (z < 0 ? Number.NaN : 1),
    formula: <T, M>(f: Functions<T, M>, z: T) => ({
      a: z,
      slope: f.select(f.lt(z, f.constant(0)), f.constant(Number.NaN), f.constant(1)),
    }),
  };
  const net = network({ units: [1, 2, 1], activation: broken, output: linearSquaredError });
  const empty = matrix(0, 0);
  const parameters = {
    Theta: [empty, matrix(2, 1, [-1, 1]), matrix(1, 2, [1, 1])],
    b: [0, 2, 1].map((n) => new Float64Array(n)),
  };
  const { error, at } = checkGradients(net, parameters, matrix(1, 1, [1]), matrix(1, 1, [0.5]));
  expect(error).toBeNaN();
  expect(at).toBe('Theta[1][0][0]');
});

test('without biases, only weights are checked', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [2, 3, 1],
    activation: tanh,
    output: logisticCrossEntropy,
    m: 4,
    seed: 1,
    bias: false,
  });
  expect(checkGradients(net, parameters, X, Y).at).toMatch(/^Theta/);
  expect(checkGradients(net, parameters, X, Y).error).toBeLessThan(1e-9);
});

test('shapes are those of the articles', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 5, 4, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 6,
    seed: 3,
  });
  const shape = (m: { rows: number; cols: number }) => `${m.rows}×${m.cols}`;
  const { z, a } = forward(net, parameters, X);
  const { delta, gradient } = backward(net, parameters, X, Y);
  expect(a.map(shape)).toEqual(['0×0', '6×3', '6×5', '6×4', '6×2']);
  expect(z.map(shape)).toEqual(['0×0', '0×0', '6×5', '6×4', '6×2']);
  expect(delta.map(shape)).toEqual(['0×0', '0×0', '6×5', '6×4', '6×2']);
  expect(gradient.Theta.map(shape)).toEqual(['0×0', '5×3', '4×5', '2×4']);
  expect(gradient.b.map((b) => b.length)).toEqual([0, 5, 4, 2]);
});

test('J is the cost, with the penalty that was asked for: ½λ ΣΘ² above it', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 4, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 6,
    seed: 9,
  });
  const squares = parameters.Theta.flatMap(({ data }) => [...data]).reduce((sum, x) => sum + x * x, 0);
  const plain = cost(net, parameters, X, Y);
  expect(backward(net, parameters, X, Y).J).toBe(plain);
  const penalised = cost(net, parameters, X, Y, { l2: 0.3 });
  expect(backward(net, parameters, X, Y, { l2: 0.3 }).J).toBe(penalised);
  expect(Math.abs(penalised - plain - 0.15 * squares)).toBeLessThan(1e-14 * squares);
});

test('without bias, the gradient of b is 0', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 4, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 5,
    seed: 4,
    bias: false,
  });
  expect(backward(net, parameters, X, Y).gradient.b.map((b) => [...b])).toEqual([[], [0, 0, 0, 0], [0, 0]]);
});

test('dropout masks are part of the function that is differentiated', () => {
  const { net, parameters, X, Y } = randomCase({
    units: [3, 6, 6, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    m: 4,
    seed: 5,
  });
  const masks = dropoutMasks(net, 4, 0.5, createRandom(6));
  const { gradient } = backward(net, parameters, X, Y, { masks });
  const J = () => backward(net, parameters, X, Y, { masks }).J;
  const h = 1e-5;
  for (const l of [1, 2, 3])
    for (let i = 0; i < 6; i++) {
      const { data } = parameters.Theta[l]!;
      const theta = data[i]!;
      data[i] = theta + h;
      const above = J();
      data[i] = theta - h;
      const below = J();
      data[i] = theta;
      expect(Math.abs(gradient.Theta[l]!.data[i]! - (above - below) / (2 * h))).toBeLessThan(1e-9);
    }
});

test('an output of slope β is the output of z β times as large', () => {
  for (const output of outputs) {
    const steep = sloped(output, 2.5);
    const [z, y] = [
      [0.3, -0.7],
      [1, 0],
    ];
    const scaled = z.map((zk) => 2.5 * zk);
    const { a, loss, delta } = output.formula(numbers, scaled, y);
    expect(steep.formula(numbers, z, y)).toEqual({ a, loss, delta: delta.map((d) => 2.5 * d) });
    expect(steep.units(numbers, z)).toEqual(output.units(numbers, scaled));
    expect(steep.units(numbers, z)).toEqual(a);
    expect(steep.name).toBe(`sloped(${output.name}, 2.5)`);
    expect(steep.targets).toBe(output.targets);
  }
  for (const beta of [0, -1, Infinity, Number.NaN])
    expect(() => sloped(softmaxCrossEntropy, beta)).toThrow(`the slope β must be positive and finite, not ${beta}`);
});

describe('J stays finite and right where probabilities round to 0 and 1', () => {
  test.each([
    ['logisticCrossEntropy', [800], [0], 800],
    ['logisticCrossEntropy', [800], [1], 0],
    ['logisticCrossEntropy', [-800], [1], 800],
    ['softmaxCrossEntropy', [800, -800], [0, 1], 1600],
    ['softmaxCrossEntropy', [800, -800], [1, 0], 0],
  ] as const)('%s at z = %j, y = %j', (name, z, y, J) => {
    const output = outputs.find((o) => o.name === name)!;
    const { net, parameters, X, Y } = randomCase({ units: [1, z.length], activation: tanh, output, m: 1, seed: 0 });
    parameters.Theta[1]!.data.fill(0);
    parameters.b[1]!.set(z);
    Y.data.set(y);
    expect(cost(net, parameters, X, Y)).toBe(J);
    expect([...backward(net, parameters, X, Y).delta[2]!.data]).toEqual(z.map((zk, k) => (zk > 0 ? 1 : 0) - y[k]!));
  });
});
