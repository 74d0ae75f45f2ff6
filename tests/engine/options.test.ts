/** Tests that the engine refuses options that it does not have, which would change what is measured without a word. */
import { describe, expect, test } from 'vitest';
import {
  adam,
  adamW,
  backward,
  checkGradients,
  cost,
  createRandom,
  gradientDescent,
  heNormal,
  initialise,
  linearSquaredError,
  matrix,
  momentum,
  nesterov,
  network,
  rmsProp,
  tanh,
  train,
  zeros,
} from '../../src/engine/index.ts';

const net = network({ units: [2, 3, 1], activation: tanh, output: linearSquaredError });
const start = initialise(net, { weights: heNormal }, createRandom(1));
const X = matrix(2, 2, [1, 2, 3, 4]);
const Y = matrix(2, 1, [1, 2]);
const optimizer = gradientDescent({ rate: 0.1 });
const random = createRandom(2);
const run = (options: object) => train(net, start, { X, Y }, { optimizer, steps: 2, ...options } as never);

/** Each function, with the options that it needs and those that it may have. */
const functions: Record<string, [act: (options: never) => unknown, needed: object, optional: object]> = {
  network: [network, { units: [2, 3, 1], activation: tanh, output: linearSquaredError }, { bias: false }],
  initialise: [(options) => initialise(net, options, random), { weights: heNormal }, { bias: zeros }],
  cost: [(options) => cost(net, start, X, Y, options), {}, { l2: 0.1 }],
  backward: [(options) => backward(net, start, X, Y, options), {}, { l2: 0.1, masks: [] }],
  checkGradients: [(options) => checkGradients(net, start, X, Y, options), {}, { l2: 0.1, step: 1e-4 }],
  gradientDescent: [gradientDescent, { rate: 0.1 }, { l2: 0.1, clipNorm: 1 }],
  momentum: [momentum, { rate: 0.1, mu: 0.9 }, { l2: 0.1 }],
  nesterov: [nesterov, { rate: 0.1, mu: 0.9 }, { schedule: () => 1 }],
  rmsProp: [rmsProp, { rate: 0.1 }, { rho: 0.5, epsilon: 0.1 }],
  adam: [adam, { rate: 0.1 }, { beta1: 0.5, beta2: 0.5, epsilon: 0.1 }],
  adamW: [adamW, { rate: 0.1 }, { beta1: 0.5, decay: 0.1 }],
  train: [run, {}, { batch: 1, order: random, precision: 'float32' }],
  record: [(record) => run({ record }), {}, { every: 1, at: [1], what: ['z'] }],
  dropout: [(dropout) => run({ dropout }), { rate: 0.5, random }, {}],
};

describe.each(Object.entries(functions))('%s', (name, [act, needed, optional]) => {
  const given = (options: object) => () => act(options as never);

  test('takes the options that it has', () => {
    expect(given(needed)).not.toThrow();
    expect(given({ ...needed, ...optional })).not.toThrow();
  });

  test('refuses others by name, and says which it has', () => {
    expect(given({ ...needed, biases: false })).toThrow(new RegExp(`^${name} has no option biases; it has \\w`));
  });

  test.each(Object.keys(needed))('says that it needs %s', (option) => {
    expect(given({ ...needed, [option]: undefined })).toThrow(`${name} needs the option ${option}`);
  });
});

test('training says which of its options and data it lacks', () => {
  expect(() => train(net, start, { X, Y }, { steps: 1 } as never)).toThrow('train needs the option optimizer');
  expect(() => train(net, start, { x: X, Y } as never, { optimizer, steps: 1 })).toThrow('the data of train needs X');
});

test('a name is no activation and no output', () => {
  const options = { units: [2, 3, 1], activation: tanh, output: linearSquaredError };
  expect(() => network({ ...options, activation: 'tanh' } as never)).toThrow('the activation of a network is one of');
  expect(() => network({ ...options, output: 'linear' } as never)).toThrow('the output of a network is one of');
});
