/** Residual connections and layer normalisation: what they compute, their gradients, and what a network refuses. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backward,
  checkGradients,
  copyParameters,
  createRandom,
  dropoutMasks,
  forward,
  gradientDescent,
  identity,
  initialise,
  lecunNormal,
  linearSquaredError,
  logisticCrossEntropy,
  matrix,
  network,
  numbers,
  type Parameters,
  relu,
  softmaxCrossEntropy,
  tanh,
  toRows,
  train,
} from '../../src/engine/index.ts';
import { activations, flatten, outputs, randomCase } from './examples.ts';

/** The switches, and units that allow them. */
const switched = [
  { units: [3, 4, 4, 4, 2], residual: true },
  { units: [3, 5, 4, 3, 2], layerNorm: true },
  { units: [3, 4, 4, 4, 2], residual: true, layerNorm: true },
  { units: [4, 4, 4, 5, 2], residual: [true, true, false], layerNorm: [false, true, true] },
] as const;

describe.each(switched)('$units, residual $residual, layerNorm $layerNorm', (options) => {
  // Each output with a third of the activations, all of them in turn.
  test.each(outputs)('backpropagation equals central differences, with $name', (output) => {
    for (const [k, activation] of activations.entries()) {
      if ((k + outputs.indexOf(output)) % 3 !== 0) continue;
      const { net, parameters, X, Y } = randomCase({ ...options, activation, output, m: 5, seed: k + 1 });
      const check = checkGradients(net, parameters, X, Y, { l2: 0.1, step: 1e-6 });
      expect(check, activation.name).toSatisfy(({ error }) => error < 1e-7);
    }
  });

  test('δ is ∂(loss)/∂z: the gradient of b that one example gives', () => {
    const { net, parameters, X, Y } = randomCase({
      ...options,
      activation: tanh,
      output: softmaxCrossEntropy,
      m: 1,
      seed: 3,
    });
    const { delta, gradient } = backward(net, parameters, X, Y);
    for (let l = 2; l <= net.L; l++) expect([...delta[l]!.data]).toEqual([...gradient.b[l - 1]!]);
  });

  test('dropout masks what the layer computes, and the residual connection passes it by', () => {
    const { net, parameters, X, Y } = randomCase({
      ...options,
      activation: tanh,
      output: softmaxCrossEntropy,
      m: 4,
      seed: 5,
    });
    const masks = dropoutMasks(net, 4, 0.5, createRandom(6));
    const { gradient } = backward(net, parameters, X, Y, { masks });
    const h = 1e-5;
    const moved = copyParameters(parameters);
    const entries = (p: Parameters) => [...p.Theta.map(({ data }) => data), ...(p.gamma ?? []), ...(p.beta ?? [])];
    entries(moved).forEach((values, k) => {
      values.forEach((theta, i) => {
        const at = (value: number) => {
          values[i] = value;
          return backward(net, moved, X, Y, { masks }).J;
        };
        const difference = (at(theta + h) - at(theta - h)) / (2 * h);
        values[i] = theta;
        expect(Math.abs(entries(gradient)[k]![i]! - difference)).toBeLessThan(1e-8);
      });
    });
  });
});

test('γ and β are checked too: with a step this wide every entry is off, and each kind is the furthest once', () => {
  const kinds = Array.from({ length: 40 }, (_, seed) => {
    const of = { units: [2, 2, 1], activation: relu, output: linearSquaredError, m: 3, seed, layerNorm: true };
    const { net, parameters, X, Y } = randomCase(of);
    const { at, backward: value } = checkGradients(net, parameters, X, Y, { step: 1 });
    const { gradient } = backward(net, parameters, X, Y);
    const [, name = '', l, i] = /^(\w+)\[(\d)\]\[(\d)\]/.exec(at)!;
    if (name === 'gamma' || name === 'beta') expect(value).toBe(gradient[name]![Number(l)]![Number(i)]);
    return name;
  });
  expect(kinds).toEqual(expect.arrayContaining(['Theta', 'gamma', 'beta']));
});

test('a residual connection adds the activations below: with identity and Θ = 0 it passes them on', () => {
  const net = network({ units: [2, 3, 3, 3, 1], activation: identity, output: linearSquaredError, residual: true });
  const parameters = initialise(net, { weights: lecunNormal }, createRandom(1));
  parameters.Theta[3]!.data.fill(0);
  const { a, z } = forward(net, parameters, matrix(2, 2, [1, -2, 0.5, 3]));
  expect(a[4]).toEqual(a[3]);
  a[3]!.data.forEach((value, at) => {
    expect(value).toBe(z[3]!.data[at]! + a[2]!.data[at]!);
  });
  // From the inputs to the first hidden layer only where a list says so.
  expect(a[2]).toEqual(z[2]);
});

test('normalised pre-activations have mean 0 and variance 1, whatever scale and shift Θ and b give all units', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 1, max: 1e6, noNaN: true }), (seed, scale) => {
      const { net, parameters, X } = randomCase({
        units: [4, 9, 1],
        activation: identity,
        output: linearSquaredError,
        m: 3,
        seed,
        layerNorm: true,
      });
      parameters.gamma![2]!.fill(1);
      parameters.beta![2]!.fill(0);
      parameters.Theta[1]!.data.forEach((w, i, all) => {
        all[i] = w * scale;
      });
      for (const row of toRows(forward(net, parameters, X).a[2]!)) {
        const mean = row.reduce((sum, x) => sum + x, 0) / 9;
        const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 9;
        expect(Math.abs(mean)).toBeLessThan(1e-12);
        expect(Math.abs(variance - 1)).toBeLessThan(1e-3);
      }
    }),
  );
});

test('equal pre-activations normalise to β, and their gradient is finite', () => {
  for (const units of [
    [2, 1, 1],
    [2, 3, 1],
  ]) {
    const { net, parameters, X, Y } = randomCase({
      units,
      activation: tanh,
      output: linearSquaredError,
      m: 3,
      seed: 2,
      layerNorm: true,
    });
    parameters.Theta[1]!.data.fill(0);
    parameters.b[1]!.fill(0.7);
    const { a } = forward(net, parameters, X);
    for (const row of toRows(a[2]!))
      row.forEach((value, i) => {
        expect(value).toBeCloseTo(numbers.tanh(parameters.beta![2]![i]!), 12);
      });
    expect(flatten(backward(net, parameters, X, Y).gradient).every(Number.isFinite)).toBe(true);
  }
});

test('γ starts at 1 and β at 0, weight decay leaves them alone, and networks without them have neither', () => {
  const options = { units: [2, 3, 3, 1], activation: tanh, output: logisticCrossEntropy };
  const plain = initialise(network(options), { weights: lecunNormal }, createRandom(1));
  expect(Object.keys(plain)).toEqual(['Theta', 'b']);
  const net = network({ ...options, layerNorm: [false, true] });
  const start = initialise(net, { weights: lecunNormal }, createRandom(1));
  expect(start.Theta).toEqual(plain.Theta);
  expect(start.gamma!.map((v) => [...v])).toEqual([[], [], [], [1, 1, 1], []]);
  expect(start.beta!.map((v) => [...v])).toEqual([[], [], [], [0, 0, 0], []]);
  const { X, Y } = randomCase({ ...options, m: 4, seed: 1 });
  const step = (l2: number) => train(net, start, { X, Y }, { optimizer: gradientDescent({ rate: 0.1, l2 }), steps: 1 });
  const [free, decayed] = [step(0).parameters, step(0.5).parameters];
  expect(decayed.Theta).not.toEqual(free.Theta);
  expect([decayed.gamma, decayed.beta]).toEqual([free.gamma, free.beta]);
  expect(free.gamma).not.toEqual(start.gamma);
});

test('what a network cannot have is an error that says why', () => {
  const of = (units: readonly number[], switches: object) => () =>
    network({ units, activation: tanh, output: logisticCrossEntropy, ...switches });
  expect(of([2, 3, 4, 1], { residual: true })).toThrow(
    'a residual connection needs equal widths, but layer 3 has 4 units and layer 2 has 3',
  );
  expect(of([2, 3, 3, 1], { residual: [true, true] })).toThrow('layer 2 has 3 units and layer 1 has 2');
  expect(of([2, 3, 1], { residual: true })).toThrow('residual needs two hidden layers, not units [2,3,1]');
  expect(of([2, 1], { layerNorm: true })).toThrow('layerNorm needs a hidden layer, not units [2,1]');
  expect(of([2, 3, 3, 1], { layerNorm: [true] })).toThrow(
    '1 values of layerNorm do not fit the 2 hidden layers of [2,3,3,1]',
  );
  const net = network({ units: [2, 3, 1], activation: tanh, output: logisticCrossEntropy, layerNorm: true });
  const { Theta, b, ...norms } = initialise(net, { weights: lecunNormal }, createRandom(1));
  const { X } = randomCase({ units: [2, 3, 1], activation: tanh, output: logisticCrossEntropy, m: 2, seed: 1 });
  expect(() => forward(net, { Theta, b }, X)).toThrow('gamma[2] must have 3 entries, not undefined');
  const short = { ...norms, beta: norms.beta!.map((v) => v.subarray(1)) };
  expect(() => forward(net, { Theta, b, ...short }, X)).toThrow('beta[2] must have 3 entries, not 2');
});
