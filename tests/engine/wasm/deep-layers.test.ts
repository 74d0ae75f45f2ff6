/** Residual connections and layer normalisation: the bits of the reference implementation, and float32 near it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  adam,
  createRandom,
  gradientDescent,
  linearSquaredError,
  logisticCrossEntropy,
  type Matrix,
  network,
  relu,
  softmaxCrossEntropy,
  tanh,
  trainReference,
} from '../../../src/engine/index.ts';
import { compile } from '../../../src/engine/wasm/instance-cache.ts';
import { range } from '../../../src/engine/wasm/kernels/tiling.ts';
import { trainCompiled } from '../../../src/engine/wasm/train-compiled.ts';
import { activations, bits, examples, optimizers, outputs, startOf } from './examples.ts';
import { expectSameBits, expectSameGradient } from './same-bits.ts';

/** Up to six layers, the widths of neighbours often equal, and switches for each hidden layer. */
const deep = fc
  .record({
    units: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 19 }), fc.nat(2)), { minLength: 3, maxLength: 6 })
      .map((layers) => layers.map(([n, same]) => (same > 0 ? layers[0]![0] : n))),
    residual: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    layerNorm: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    activation: fc.constantFrom(...activations),
    output: fc.constantFrom(...outputs),
    optimizer: fc.constantFrom(...optimizers),
    bias: fc.boolean(),
    m: fc.integer({ min: 1, max: 30 }),
    share: fc.double({ min: 0.05, max: 1, noNaN: true }),
    shuffled: fc.boolean(),
  })
  .map(({ residual, layerNorm, units, ...rest }) => ({
    ...rest,
    units,
    residual: units.slice(1, -1).map((n, k) => n === units[k] && residual[k]!),
    layerNorm: layerNorm.slice(0, units.length - 2),
  }));

test('shapes, switches, batches and orders at random give the bits of the reference implementation', () => {
  const { numRuns = 60 } = fc.readConfigureGlobal();
  fc.assert(
    fc.property(deep, ({ m, share, shuffled, optimizer, ...options }) => {
      const net = network(options);
      const batch = Math.max(1, Math.round(share * m));
      const run = expectSameBits(net, examples(net, m), () => ({
        optimizer,
        steps: 8,
        batch,
        ...(shuffled ? { order: createRandom(m) } : {}),
      }));
      if (!run.diverged) expectSameGradient(net, run.parameters, examples(net, batch));
    }),
    { numRuns, seed: 4 },
  );
});

test('every width and every remainder of the batch gives the bits of the reference implementation', () => {
  for (const width of range(1, 18)) {
    const units = [3, width, width, width, 2];
    for (const [k, batch] of [width, 19 - width].entries()) {
      const options = { units, activation: k === 0 ? tanh : relu, output: softmaxCrossEntropy };
      const net = network({ ...options, residual: true, layerNorm: true });
      expectSameBits(net, examples(net, batch), () => ({ optimizer: adam({ rate: 0.02 }), steps: 10 }));
    }
  }
});

test('twenty layers and wide ones give the bits of the reference implementation', () => {
  for (const units of [
    [2, ...new Array<number>(18).fill(6), 1],
    [150, 70, 70, 70, 3],
  ]) {
    const net = network({ units, activation: relu, output: logisticCrossEntropy, residual: true, layerNorm: true });
    expectSameBits(net, examples(net, 37), () => ({ optimizer: adam({ rate: 0.01 }), steps: 3 }));
  }
});

test('a residual connection from the inputs adds them', () => {
  const net = network({
    units: [5, 5, 5, 2],
    activation: tanh,
    output: linearSquaredError,
    residual: [true, false],
  });
  expectSameBits(net, examples(net, 7), () => ({ optimizer: gradientDescent({ rate: 0.1 }), steps: 10 }));
});

test('snapshots of a and z are those of the reference implementation', () => {
  const net = network({
    units: [3, 4, 4, 4, 2],
    activation: tanh,
    output: softmaxCrossEntropy,
    residual: true,
    layerNorm: [true, false, true],
  });
  const data = examples(net, 11);
  const options = () => ({
    optimizer: adam({ rate: 0.05 }),
    steps: 9,
    batch: 4,
    record: { every: 3, what: ['a', 'z'] as const },
  });
  const [compiled, reference] = [trainCompiled, trainReference].map((train) =>
    train(net, startOf(net), data, options()),
  );
  const all = (matrices: readonly Matrix[] | undefined) => matrices?.map((m) => bits(m.data));
  expect(compiled!.snapshots).toHaveLength(4);
  compiled!.snapshots.forEach(({ a, z }, i) => {
    expect([all(a), all(z)]).toEqual([all(reference!.snapshots[i]!.a), all(reference!.snapshots[i]!.z)]);
  });
});

test('float32 follows the reference implementation', () => {
  fc.assert(
    fc.property(deep, ({ m, share, shuffled: _s, optimizer: _o, ...options }) => {
      const net = network({ ...options, activation: tanh });
      // A normalised layer of one or two units gives its signs only, which rounding may turn.
      fc.pre(net.units.every((n, i) => !net.layerNorm[i + 1] || n > 2));
      const data = examples(net, m);
      const batch = Math.max(1, Math.round(share * m));
      const train = { optimizer: gradientDescent({ rate: 0.05 }), steps: 6, batch };
      const single = trainCompiled(net, startOf(net), data, { ...train, precision: 'float32' });
      const double = trainReference(net, startOf(net), data, train);
      double.J.forEach((J, step) => {
        expect(Math.abs(single.J[step]! - J)).toBeLessThan(1e-3 * Math.max(1, J));
      });
    }),
    { numRuns: 40, seed: 5 },
  );
});

test('networks that differ in a switch alone do not share a module', () => {
  const [units, output] = [[2, 3, 3, 1], logisticCrossEntropy] as const;
  const instances = [{}, { residual: true }, { layerNorm: true }, { layerNorm: [true, false] }].map((switches) =>
    compile({
      net: network({ units, activation: tanh, output, ...switches }),
      batch: 5,
      optimizer: gradientDescent({ rate: 0.1 }),
      precision: 'float64',
    }),
  );
  expect(new Set(instances).size).toBe(4);
});
