/** Each update rule agrees with its published equations, written out here for one parameter. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adam,
  adamW,
  gradientDescent,
  momentum,
  nesterov,
  numbers,
  type Optimizer,
  rmsProp,
} from '../../src/engine/index.ts';

/** θ after each of the gradients, by the optimiser's rule. */
function trajectory(optimizer: Optimizer, start: number, gradients: readonly number[], decays = true): number[] {
  const table = optimizer.coefficients(gradients.length);
  let theta = start;
  let state: readonly number[] = new Array<number>(optimizer.slots).fill(0);
  return gradients.map((gradient, step) => {
    const coefficients = [...table.data.subarray(step * table.cols, (step + 1) * table.cols)];
    ({ theta, state } = optimizer.rule(numbers, { theta, gradient, state, coefficients, decays }));
    return theta;
  });
}

/** The same by an update that is a function of θ, the gradient and the step, counted from 1. */
function expectedTrajectory(
  start: number,
  gradients: readonly number[],
  update: (theta: number, g: number, t: number) => number,
) {
  let theta = start;
  return gradients.map((g, i) => {
    theta = update(theta, g, i + 1);
    return theta;
  });
}

const number = fc.double({ min: -10, max: 10, noNaN: true });
const gradients = fc.array(number, { minLength: 1, maxLength: 12 });

function agrees(make: () => Optimizer, update: () => (theta: number, g: number, t: number) => number): void {
  fc.assert(
    fc.property(number, gradients, (start, gs) => {
      const [actual, expected] = [trajectory(make(), start, gs), expectedTrajectory(start, gs, update())];
      const off = actual.findIndex((x, i) => !(Math.abs(x - expected[i]!) <= 1e-12 * (1 + Math.abs(expected[i]!))));
      expect(off, `${actual} against ${expected}`).toBe(-1);
    }),
  );
}

test('gradient descent, with L2 and a schedule', () => {
  agrees(
    () => gradientDescent({ rate: 0.3, l2: 0.2, schedule: (step) => 1 / (step + 1) }),
    () => (theta, g, t) => theta - (0.3 / t) * (g + 0.2 * theta),
  );
});

test('momentum', () => {
  agrees(
    () => momentum({ rate: 0.1, mu: 0.9 }),
    () => {
      let v = 0;
      return (theta, g) => {
        v = 0.9 * v + g;
        return theta - 0.1 * v;
      };
    },
  );
});

test('Nesterov is momentum whose gradient is taken ahead, after a change of variable', () => {
  // Sutskever et al. (2013): v ← μv − ηg(φ + μv), φ ← φ + v; here θ = φ + μv, for the gradient g(θ) = 0.7 θ − 1.
  const slope = (theta: number) => 0.7 * theta - 1;
  const [rate, mu, start] = [0.1, 0.8, 3];
  let phi = start;
  let v = 0;
  const optimizer = nesterov({ rate, mu });
  let theta = start;
  let state: readonly number[] = [0];
  for (let step = 0; step < 20; step++) {
    expect(Math.abs(theta - (phi + mu * v))).toBeLessThan(1e-13);
    v = mu * v - rate * slope(phi + mu * v);
    phi += v;
    const update = { theta, gradient: slope(theta), state, coefficients: [rate], decays: true };
    ({ theta, state } = optimizer.rule(numbers, update));
  }
});

test('without memory, momentum and Nesterov’s are gradient descent', () => {
  const options = { rate: 0.3, schedule: (step: number) => 1 / (step + 1) };
  const gs = [2, -1, 0.5];
  const plain = trajectory(gradientDescent(options), 1, gs);
  expect(trajectory(momentum({ ...options, mu: 0 }), 1, gs)).toEqual(plain);
  expect(trajectory(nesterov({ ...options, mu: 0 }), 1, gs)).toEqual(plain);
});

test('a rate that is scheduled to be 0 leaves parameters as they are', () => {
  const stopped = gradientDescent({ rate: 1, schedule: (step) => (step < 2 ? 1 : 0) });
  expect(trajectory(stopped, 5, [1, 1, 1, 1])).toEqual([4, 3, 3, 3]);
});

test('RMSProp', () => {
  agrees(
    () => rmsProp({ rate: 0.1, rho: 0.8, epsilon: 1e-3 }),
    () => {
      let s = 0;
      return (theta, g) => {
        s = 0.8 * s + 0.2 * g * g;
        return theta - (0.1 * g) / (Math.sqrt(s) + 1e-3);
      };
    },
  );
});

test.each([0, 0.1])('Adam, decay %f', (decay) => {
  agrees(
    () => (decay === 0 ? adam({ rate: 0.1 }) : adamW({ rate: 0.1, decay })),
    () => {
      let v = 0;
      let s = 0;
      return (theta, g, t) => {
        v = 0.9 * v + 0.1 * g;
        s = 0.999 * s + 0.001 * g * g;
        const step = v / (1 - 0.9 ** t) / (Math.sqrt(s / (1 - 0.999 ** t)) + 1e-8);
        return theta - 0.1 * decay * theta - 0.1 * step;
      };
    },
  );
});

test('neither L2 nor weight decay shrinks a bias', () => {
  for (const make of [adamW({ rate: 0.1, decay: 0.5 }), gradientDescent({ rate: 0.1, l2: 0.5 })])
    expect(trajectory(make, 2, [0, 0, 0], false)).toEqual([2, 2, 2]);
});

test('the name tells rules apart, and leaves out rate and clipping', () => {
  expect(momentum({ rate: 0.1, mu: 0.9 }).name).toBe(momentum({ rate: 0.2, mu: 0.9, clipNorm: 1 }).name);
  const names = [
    gradientDescent({ rate: 1 }),
    gradientDescent({ rate: 1, l2: 1 }),
    momentum({ rate: 1, mu: 0.5 }),
    momentum({ rate: 1, mu: 0.6 }),
    nesterov({ rate: 1, mu: 0.5 }),
    rmsProp({ rate: 1 }),
    adam({ rate: 1 }),
    adamW({ rate: 1 }),
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('the name says the rule and its constants, and L2 where there is any', () => {
  const named = [
    [gradientDescent({ rate: 1, l2: 0 }), 'gradientDescent'],
    [gradientDescent({ rate: 1, l2: 0.5 }), 'gradientDescent + l2(0.5)'],
    [momentum({ rate: 1, mu: 0.5 }), 'momentum(0.5)'],
    [nesterov({ rate: 1, mu: 0.5 }), 'nesterov(0.5)'],
    [rmsProp({ rate: 1 }), 'rmsProp(0.9, 1e-8)'],
    [adam({ rate: 1, l2: 2 }), 'adam(0.9, 0.999, 1e-8) + l2(2)'],
    [adamW({ rate: 1, beta1: 0.5 }), 'adamW(0.5, 0.999, 1e-8)'],
  ] as const;
  for (const [optimizer, name] of named) expect(optimizer.name).toBe(name);
});

test('a limit on the gradient’s norm is there only where it was asked for', () => {
  expect(adam({ rate: 1, clipNorm: 2 }).clipNorm).toBe(2);
  expect(adam({ rate: 1 })).not.toHaveProperty('clipNorm');
});

describe('errors name the option and its value', () => {
  test.each([
    [() => gradientDescent({ rate: 0 }), 'the rate of gradientDescent must be positive and finite, not 0'],
    [() => adam({ rate: -1 }), 'the rate of adam'],
    [() => adam({ rate: Number.NaN }), 'not NaN'],
    [() => adam({ rate: Infinity }), 'must be positive and finite, not Infinity'],
    [() => gradientDescent({ rate: 1, l2: Infinity }), 'l2 of gradientDescent must be at least 0 and finite'],
    [() => rmsProp({ rate: 1, epsilon: 0 }), 'epsilon of rmsProp must be positive'],
    [() => adamW({ rate: 1, beta2: 1 }), 'beta2 of adamW must be within [0, 1)'],
    [() => momentum({ rate: 1, mu: 1 }), 'mu of momentum must be within [0, 1), not 1'],
    [() => nesterov({ rate: 1, mu: -0.1 }), 'mu of nesterov must be within [0, 1), not -0.1'],
    [() => rmsProp({ rate: 1, rho: 2 }), 'rho of rmsProp'],
    [() => adam({ rate: 1, beta1: 1 }), 'beta1 of adam'],
    [() => adam({ rate: 1, epsilon: 0 }), 'epsilon of adam'],
    [() => adamW({ rate: 1, decay: -1 }), 'decay of adamW'],
    [() => gradientDescent({ rate: 1, l2: -1 }), 'l2 of gradientDescent'],
    [() => gradientDescent({ rate: 1, clipNorm: 0 }), 'clipNorm of gradientDescent'],
    [
      () => gradientDescent({ rate: 1, schedule: (step) => 1 - step }).coefficients(3),
      'the scheduled rate of gradientDescent at step 2 must be at least 0 and finite, not -1',
    ],
  ] as const)('%#', (act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});
