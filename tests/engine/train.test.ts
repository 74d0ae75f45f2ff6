/** Training: batches, dropout, clipping, snapshots, divergence and invalid options, on both backends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatches } from '../../src/engine/batches.ts';
import { clipFactor, norm } from '../../src/engine/clip.ts';
import { sumOverExamples } from '../../src/engine/cost.ts';
import {
  adam,
  adamW,
  backward,
  copyParameters,
  cost,
  createRandom,
  dropoutMasks,
  forward,
  gradientDescent,
  linearSquaredError,
  logisticCrossEntropy,
  matrix,
  momentum,
  network,
  numbers,
  type Optimizer,
  type Parameters,
  relu,
  softmaxCrossEntropy,
  takeRows,
  tanh,
  toRows,
  train,
  trainReference,
} from '../../src/engine/index.ts';
import { flatten, randomCase } from './examples.ts';

const { net, parameters, X, Y } = randomCase({
  units: [3, 6, 4, 3],
  activation: tanh,
  output: softmaxCrossEntropy,
  m: 11,
  seed: 8,
});
const data = { X, Y };
const optimizer = gradientDescent({ rate: 0.2 });

describe.each([
  ['the WebAssembly backend', train],
  ['the reference implementation', trainReference],
] as const)('%s', (_, train) => {
  test('J falls, and its last value is the cost of what is returned', () => {
    const run = train(net, parameters, data, { optimizer: adam({ rate: 0.02 }), steps: 200 });
    expect(run.J).toHaveLength(201);
    expect(run.J[200]).toBeLessThan(run.J[0]! / 2);
    expect(run.J[200]).toBe(cost(net, run.parameters, X, Y));
    expect(run.diverged).toBeUndefined();
  });

  test('the arguments are not changed, and the same training gives the same bits again', () => {
    const before = copyParameters(parameters);
    const options = () => ({ optimizer: adam({ rate: 0.1 }), steps: 20, batch: 4, order: createRandom(1) });
    const one = train(net, parameters, data, options());
    expect(flatten(parameters)).toEqual(flatten(before));
    expect(train(net, parameters, data, options())).toEqual(one);
  });

  test('0 steps give the cost and the parameters as they were', () => {
    const run = train(net, parameters, data, { optimizer, steps: 0, record: { every: 5 } });
    expect([...run.J]).toEqual([cost(net, parameters, X, Y)]);
    expect(flatten(run.parameters)).toEqual(flatten(parameters));
    expect(run.snapshots.map(({ step }) => step)).toEqual([0]);
  });

  describe('a batch', () => {
    test('a step on a batch is a step on those examples alone', () => {
      const run = train(net, parameters, data, { optimizer, steps: 3, batch: 5, order: createRandom(3) });
      const nextBatch = createBatches(X.rows, 5, createRandom(3));
      let now = parameters;
      for (let step = 0; step < 3; step++) {
        const indices = nextBatch();
        const only = train(net, now, { X: takeRows(X, indices), Y: takeRows(Y, indices) }, { optimizer, steps: 1 });
        expect(run.J[step]).toBe(only.J[0]);
        now = only.parameters;
      }
      expect(flatten(run.parameters)).toEqual(flatten(now));
    });

    test('a shuffled full batch differs from the unshuffled by rounding only', () => {
      const plain = train(net, parameters, data, { optimizer, steps: 10 });
      const shuffled = train(net, parameters, data, { optimizer, steps: 10, order: createRandom(0) });
      expect(Math.max(...plain.J.map((J, i) => Math.abs(J - shuffled.J[i]!)))).toBeLessThan(1e-14);
    });
  });

  describe('a limit on the gradient', () => {
    const clipped = (clipNorm: number) => gradientDescent({ rate: 1, clipNorm });

    test('a gradient that is too long is scaled back to the limit', () => {
      const { gradient } = backward(net, parameters, X, Y);
      const length = Math.sqrt(flatten(gradient).reduce((s, g) => s + g * g, 0));
      expect(Math.abs(norm(gradient) - length)).toBeLessThan(1e-14);
      const { parameters: after } = train(net, parameters, data, { optimizer: clipped(length / 3), steps: 1 });
      const start = flatten(parameters);
      const moved = flatten(after).map((x, i) => start[i]! - x);
      const off = moved.findIndex((x, i) => Math.abs(x - flatten(gradient)[i]! / 3) > 1e-14);
      expect(off).toBe(-1);
    });

    test('a gradient that is short enough is not changed', () => {
      const step = (optimizer: Optimizer) => train(net, parameters, data, { optimizer, steps: 5 }).parameters;
      expect(flatten(step(clipped(1e6)))).toEqual(flatten(step(gradientDescent({ rate: 1 }))));
    });
  });

  test.each([momentum({ rate: 0.1, mu: 0.9, l2: 0.2 }), adamW({ rate: 0.05, decay: 0.5 })])(
    'a step applies the rule to every parameter with its state, with weight decay on weights only: $name',
    (rule) => {
      const steps = 3;
      const table = rule.coefficients(steps);
      const now = copyParameters(parameters);
      const entries = (p: Parameters) => [1, 2, 3].flatMap((l) => [p.Theta[l]!.data, p.b[l]!]);
      const state = entries(now).map((values) => [...values].map(() => new Array<number>(rule.slots).fill(0)));
      for (let step = 0; step < steps; step++) {
        const gradients = entries(backward(net, now, X, Y).gradient);
        const coefficients = [...table.data.subarray(step * table.cols, (step + 1) * table.cols)];
        for (const [k, values] of entries(now).entries())
          for (const [i, theta] of values.entries()) {
            const before = {
              theta,
              gradient: gradients[k]![i]!,
              state: state[k]![i]!,
              coefficients,
              decays: k % 2 === 0,
            };
            const after = rule.rule(numbers, before);
            values[i] = after.theta;
            state[k]![i] = [...after.state];
          }
      }
      expect(flatten(train(net, parameters, data, { optimizer: rule, steps }).parameters)).toEqual(flatten(now));
    },
  );

  test('snapshots are the states after the steps asked for, with activations where asked', () => {
    const record = { every: 4, at: [1, 8, 9], what: ['a', 'z'] as const };
    const run = train(net, parameters, data, { optimizer, steps: 9, record });
    expect(run.snapshots.map(({ step }) => step)).toEqual([0, 1, 4, 8, 9]);
    for (const { step, parameters: at, a, z } of run.snapshots) {
      expect(flatten(at)).toEqual(flatten(train(net, parameters, data, { optimizer, steps: step }).parameters));
      const expected = forward(net, at, X);
      expect([a, z]).toEqual([expected.a, expected.z]);
    }
    for (const what of [[], ['Theta'], ['a'], ['z']] as const) {
      const { snapshots } = train(net, parameters, data, { optimizer, steps: 1, record: { at: [1], what } });
      const kept = what.filter((each) => each !== 'Theta');
      expect(snapshots.map((snapshot) => Object.keys(snapshot))).toEqual([['step', 'parameters', ...kept]]);
    }
    expect(train(net, parameters, data, { optimizer, steps: 1 }).snapshots).toEqual([]);
    expect(train(net, parameters, data, { optimizer, steps: 2, record: { at: [2] } }).snapshots).toHaveLength(1);
  });
});

test('sums over examples run in two lanes, even and odd, each in order from 0', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 9 }), (terms) => {
      const lane = (odd: number) => terms.filter((_, e) => e % 2 === odd).reduce((sum, x) => sum + x, 0);
      expect(sumOverExamples(terms.length, (e) => terms[e]!)).toBe(lane(0) + lane(1));
    }),
  );
});

describe('batches', () => {
  test('every example is used once before any is used again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(11), fc.option(fc.integer()), (m, size, seed) => {
        const batch = 1 + (size % m);
        const nextBatch = createBatches(m, batch, seed === null ? undefined : createRandom(seed));
        const indices = Array.from({ length: 3 * m }, () => [...nextBatch()]).flat();
        for (let pass = 0; pass < 3; pass++) {
          const onePass = indices.slice(pass * m, (pass + 1) * m);
          const sorted = onePass.toSorted((x, y) => x - y);
          expect(sorted).toEqual(Array.from({ length: m }, (_, i) => i));
          if (seed === null) expect(onePass).toEqual(sorted);
        }
      }),
    );
  });
});

describe('clipping', () => {
  test('the norm sums squares in two lanes, even and odd columns, row after row, one matrix or vector after the other', () => {
    const lanes = (rows: readonly (readonly number[])[]) => {
      const lane = (odd: number) => rows.flat().filter((_, i) => (i % rows[0]!.length) % 2 === odd);
      const squares = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
      return squares(lane(0)) + squares(lane(1));
    };
    const blocks = [1, 2, 3].flatMap((l) => [toRows(parameters.Theta[l]!), [[...parameters.b[l]!]]]);
    expect(norm(parameters)).toBe(Math.sqrt(blocks.reduce((sum, rows) => sum + lanes(rows), 0)));
  });

  test('the factor takes a gradient to the limit, and never makes it longer', () => {
    const length = norm(parameters);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (limit) => {
        expect(clipFactor(parameters, limit)).toBe(limit < length ? limit / length : 1);
      }),
    );
    expect([length / 2, length, 2 * length].map((limit) => clipFactor(parameters, limit))).toEqual([0.5, 1, 1]);
  });
});

describe('dropout', () => {
  test('keeps a unit with probability 1 − rate and scales it by 1/(1 − rate)', () => {
    const masks = dropoutMasks(net, 2000, 0.25, createRandom(5));
    expect(masks[1]).toBeUndefined();
    expect(masks[4]).toBeUndefined();
    const values = [...masks[2]!.data, ...masks[3]!.data];
    expect(new Set(values)).toEqual(new Set([0, 1 / 0.75]));
    const kept = values.filter((x) => x > 0).length / values.length;
    expect(Math.abs(kept - 0.75)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / values.length));
  });

  test('rate 0 changes nothing', () => {
    const plain = train(net, parameters, data, { optimizer, steps: 5 });
    const dropped = train(net, parameters, data, {
      optimizer,
      steps: 5,
      dropout: { rate: 0, random: createRandom(1) },
    });
    expect(dropped).toEqual(plain);
  });

  test('masks the forward pass of each step anew', () => {
    const dropout = { rate: 0.5, random: createRandom(9) };
    const run = train(net, parameters, data, { optimizer, steps: 2, dropout, record: { at: [1] } });
    [parameters, run.snapshots[0]!.parameters].forEach((now, step) => {
      const masks = dropoutMasks(net, X.rows, 0.5, createRandom(9).split(step));
      expect(run.J[step]).toBe(backward(net, now, X, Y, { masks }).J);
    });
  });
});

test('divergence is reported at its step, with the snapshots until then', () => {
  const wild = network({ units: [1, 4, 1], activation: relu, output: linearSquaredError });
  const start = randomCase({ units: [1, 4, 1], activation: relu, output: linearSquaredError, m: 6, seed: 1 });
  const steep = gradientDescent({ rate: 50 });
  for (const backend of [train, trainReference]) {
    const run = backend(wild, start.parameters, start, { optimizer: steep, steps: 1000, record: { every: 1 } });
    const step = run.diverged!.step;
    expect(run.J).toHaveLength(step + 1);
    expect(Number.isFinite(run.J.at(-1))).toBe(false);
    expect([...run.J.slice(0, -1)].every(Number.isFinite)).toBe(true);
    expect(run.snapshots.at(-1)!.step).toBe(step);
    expect(flatten(run.snapshots.at(-1)!.parameters)).toEqual(flatten(run.parameters));
  }
});

describe('errors carry the values', () => {
  const go =
    (options: object, changed: object = {}) =>
    () =>
      train(net, parameters, { ...data, ...changed }, { optimizer, steps: 1, ...options });
  const withEntry = (m: typeof X, at: number, value: number) => ({
    ...m,
    data: m.data.map((x, i) => (i === at ? value : x)),
  });

  test.each([
    [go({ steps: -1 }), 'cannot train for -1 steps'],
    [go({ steps: 1.5 }), 'cannot train for 1.5 steps'],
    [go({ batch: 0 }), 'a batch must be 1 to 11 examples, not 0'],
    [go({ batch: 12 }), 'not 12'],
    [go({ record: { every: 0 } }), 'cannot record every 0 steps'],
    [go({ record: { at: [2] } }), 'cannot record at step 2 of 1'],
    [go({ record: { at: [0, -1] } }), 'cannot record at step -1 of 1'],
    [go({ record: { at: [0.5] } }), 'cannot record at step 0.5 of 1'],
    [
      () => train(net, { ...parameters, b: parameters.b.with(2, new Float64Array(5)) }, data, { optimizer, steps: 1 }),
      'b[2] must have 4 entries, not 5',
    ],
    [go({ precision: 'float16' }), 'precision is one of float64, float32, not float16'],
    [go({ record: { what: ['theta'] } }), 'what to record is one of Theta, a, z, not theta'],
    [go({ precision: 'float32', dropout: { rate: 0.5, random: createRandom(0) } }), 'has no float32'],
    [go({ dropout: { rate: 1, random: createRandom(0) } }), 'the rate of dropout must be within [0, 1), not 1'],
    [() => dropoutMasks(net, 1, -0.1, createRandom(0)), 'within [0, 1), not -0.1'],
    [go({}, { X: withEntry(X, 7, Number.NaN) }), 'X has NaN at row 2, column 1'],
    [go({}, { Y: withEntry(Y, 4, Infinity) }), 'Y has Infinity at row 1, column 1'],
    [go({}, { X: matrix(11, 2) }), 'X is 11×2, but the network reads 3 inputs'],
    [go({}, { Y: matrix(10, 3) }), 'Y must be 11×3, not 10×3'],
    [go({}, { X: matrix(0, 3), Y: matrix(0, 3) }), 'there must be at least one example'],
    [
      go({}, { Y: matrix(11, 3, 0.5) }),
      'softmaxCrossEntropy needs targets that sum to 1, but those of example 0 sum to 1.5',
    ],
    [go({}, { Y: matrix(11, 2) }), 'Y must be 11×3, not 11×2'],
    [go({}, { Y: withEntry(Y, 3, -1) }), 'softmaxCrossEntropy needs targets within [0, 1], but example 1 has -1'],
    [go({}, { Y: withEntry(Y, 0, 1.5) }), 'softmaxCrossEntropy needs targets within [0, 1], but example 0 has 1.5'],
    [() => cost(net, parameters, X, withEntry(Y, 4, Number.NaN)), 'Y has NaN at row 1, column 1'],
    [() => backward(net, parameters, withEntry(X, 0, Infinity), Y), 'X has Infinity at row 0, column 0'],
    [
      () => forward(net, { Theta: parameters.Theta.slice(0, 3), b: parameters.b }, X),
      'Theta[3] must be 3×4, not undefined',
    ],
    [
      () => forward(net, { ...parameters, Theta: parameters.Theta.with(1, matrix(5, 3)) }, X),
      'Theta[1] must be 6×3, not 5×3',
    ],
    [
      () => forward(net, { ...parameters, Theta: parameters.Theta.with(1, matrix(6, 2)) }, X),
      'Theta[1] must be 6×3, not 6×2',
    ],
    [
      () => forward(net, { Theta: parameters.Theta, b: parameters.b.slice(0, 3) }, X),
      'b[3] must have 3 entries, not undefined',
    ],
    [() => forward(net, parameters, matrix(2, 5)), 'X is 2×5, but the network reads 3 inputs'],
    [() => network({ units: [3], activation: tanh, output: logisticCrossEntropy }), 'not units [3]'],
    [
      () => network({ units: [3, 0, 1], activation: tanh, output: logisticCrossEntropy }),
      'a layer cannot have 0 units',
    ],
    [
      () => network({ units: [3, 2, 1], activation: [], output: logisticCrossEntropy }),
      '0 activations do not fit the 1 hidden layers',
    ],
  ] as const)('%#', (act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});
