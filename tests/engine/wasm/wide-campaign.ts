/**
 * Trains networks drawn at random and prints a digest of each one's bits, as a program of its own: it is run with and without
 * the flag that lets V8 merge vectors. Arguments: how many, and the seed.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createRandom, initialise, lecunNormal, network, type TrainOptions } from '../../../src/engine/index.ts';
import { trainCompiled } from '../../../src/engine/wasm/train-compiled.ts';
import { moveNorms } from '../examples.ts';
import { activations, examples, optimizers, outputs } from './examples.ts';

const narrow = fc.integer({ min: 1, max: 24 });
const width = fc.oneof(narrow, narrow, fc.integer({ min: 25, max: 70 }));
const shapes = fc.record({
  widths: fc.array(width, { minLength: 4, maxLength: 6 }),
  outputs: fc.integer({ min: 1, max: 9 }),
  activation: fc.constantFrom(...activations),
  output: fc.constantFrom(...outputs),
  optimizer: fc.constantFrom(...optimizers),
  precision: fc.constantFrom('float32' as const, 'float64' as const),
  bias: fc.boolean(),
  residual: fc.boolean(),
  layerNorm: fc.boolean(),
  m: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 250 })),
});

const [runs, seed] = process.argv.slice(2).map(Number) as [number, number];
for (const { precision, optimizer, m, widths, outputs: last, residual, ...options } of fc.sample(shapes, {
  numRuns: runs,
  seed,
})) {
  // A residual connection needs equal widths.
  const units = [...widths.map((n, i) => (residual && i > 1 ? widths[1]! : n)), last];
  const net = network({ ...options, units, residual });
  const random = createRandom(m);
  const start = initialise(net, { weights: lecunNormal, ...(net.bias ? { bias: lecunNormal } : {}) }, random);
  moveNorms(start, random);
  const training: TrainOptions = { optimizer, steps: 3, precision, batch: Math.ceil(m / 2), order: random };
  const { J, parameters } = trainCompiled(net, start, examples(net, m), training);
  const hash = createHash('sha256').update(J);
  for (const kind of [parameters.Theta.map(({ data }) => data), parameters.b, parameters.gamma, parameters.beta])
    for (const numbers of kind ?? []) if (numbers) hash.update(numbers);
  console.log(
    `${JSON.stringify([net.units, net.activations[2]?.name, optimizer.name, precision, m])} ${hash.digest('hex')}`,
  );
}
