/** The WebAssembly backend gives the bits of the reference implementation: random shapes and orders, wide layers, divergence. */
import fc from 'fast-check';
import { test } from 'vitest';
import {
  adam,
  createRandom,
  gradientDescent,
  identity,
  linearSquaredError,
  matrix,
  network,
  type Parameters,
  tanh,
} from '../../../src/engine/index.ts';
import { activations, examples, optimizers, outputs } from './examples.ts';
import { expectSameBits, expectSameGradient } from './same-bits.ts';

test('shapes, batches and orders at random give the bits of the reference implementation', () => {
  const units = fc.array(fc.integer({ min: 1, max: 22 }), { minLength: 2, maxLength: 5 });
  const shape = fc.record({
    units,
    activation: fc.constantFrom(...activations),
    output: fc.constantFrom(...outputs),
    optimizer: fc.constantFrom(...optimizers),
    bias: fc.boolean(),
    m: fc.integer({ min: 1, max: 40 }),
    share: fc.double({ min: 0.05, max: 1, noNaN: true }),
    shuffled: fc.boolean(),
  });
  // Fewer runs where mutation testing configures fewer.
  const { numRuns = 60 } = fc.readConfigureGlobal();
  fc.assert(
    fc.property(shape, ({ m, share, shuffled, optimizer, ...options }) => {
      const net = network(options);
      const batch = Math.max(1, Math.round(share * m));
      expectSameBits(net, examples(net, m), () => ({
        optimizer,
        steps: 12,
        batch,
        ...(shuffled ? { order: createRandom(m) } : {}),
      }));
    }),
    { numRuns, seed: 3 },
  );
});

test('wide layers, whose sums are blocked and whose rows are spread over the cache, give the bits of the reference implementation', () => {
  for (const [m, ...units] of [
    [37, 300, 66, 5],
    [37, 130, 131, 33, 2],
    [90, 45, 70, 35, 3],
  ] as const) {
    const net = network({ units, activation: tanh, output: outputs[3]! });
    expectSameBits(net, examples(net, m), () => ({ optimizer: adam({ rate: 0.01 }), steps: 3 }));
  }
});

test('a training that diverges ends at the same step, with the same parameters', () => {
  for (const batch of [3, 4]) {
    const net = network({ units: [2, 3, 1], activation: activations[0]!, output: outputs[0]! });
    expectSameBits(net, examples(net, batch), () => ({ optimizer: gradientDescent({ rate: 1e3 }), steps: 100 }));
  }
});

test('more steps than are planned at a time continue where the last plan ended', () => {
  const net = network({ units: [1, 2, 1], activation: tanh, output: outputs[1]! });
  const options = () => ({ optimizer: adam({ rate: 0.01 }), steps: 2500, batch: 2, order: createRandom(1) });
  expectSameBits(net, examples(net, 5), options);
});

test('infinite values in lanes without an example stay out of the gradient', () => {
  // At x = 1 the first layer gives 0; at x = 0, as in lanes without an example, 1e308, of which the next layer makes ∞.
  const net = network({ units: [1, 1, 1, 1], activation: identity, output: linearSquaredError });
  const one = (value: number) => matrix(1, 1, [value]);
  const start: Parameters = {
    Theta: [matrix(0, 0), one(-1e308), one(10), one(1)],
    b: [0, 1e308, 0, 0].map((value, l) => Float64Array.of(...(l === 0 ? [] : [value]))),
  };
  const data = { X: matrix(3, 1, [1, 1, 1]), Y: matrix(3, 1, [1, 0, 2]) };
  expectSameGradient(net, start, data);
});
