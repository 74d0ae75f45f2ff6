/** Every activation, output and optimiser through both doors, at every remainder of the batch. */
import { describe, test } from 'vitest';
import { network } from '../../../src/engine/index.ts';
import { activations, examples, optimizers, outputs } from './examples.ts';
import { expectSameBits, expectSameGradient } from './sameBits.ts';

/** Every remainder of the lane count, and of the panels'. */
const batches = [...Array.from({ length: 17 }, (_, i) => i + 1), 64, 300];

/** Two networks that have all activations between them, one a layer. */
const halves = [activations.slice(0, 6), activations.slice(6)];

describe('100 steps give the bits of the specification, for every activation, output and optimiser', () => {
  const cases = outputs.flatMap((output) => optimizers.map((optimizer) => ({ output, optimizer })));
  test.each(cases)('with $output.name and $optimizer.name, batches of 1 to 17, 64 and 300', ({ output, optimizer }) => {
    for (const batch of batches)
      for (const activation of halves) {
        const net = network({ units: [2, ...activation.map(() => 2), 3], activation, output });
        const data = examples(net, batch);
        const { parameters, diverged } = expectSameBits(net, data, () => ({ optimizer, steps: 100 }));
        if (!diverged) expectSameGradient(net, parameters, data);
      }
  });
});

describe('every optimiser gives the bits of the specification, clipped or not, with biases or without, while it is watched', () => {
  // By columns: tiles of one to four, and rests; by rows: rests of their heights; by examples: rests of rows of turns.
  const shapes = [
    [1, 9, 3],
    [2, 7, 2],
    [3, 4, 1],
    [4, 5, 2],
    [6, 3, 7, 2],
  ];
  const cases = optimizers.flatMap((optimizer) =>
    [undefined, 0.3].flatMap((clipNorm) => [true, false].map((bias) => ({ optimizer, clipNorm, bias }))),
  );
  test.each(cases)('$optimizer.name, clipped at $clipNorm, biases $bias', ({ optimizer: rule, clipNorm, bias }) => {
    const { clipNorm: _, ...unclipped } = rule;
    const optimizer = clipNorm === undefined ? unclipped : { ...rule, clipNorm };
    for (const units of shapes)
      for (const m of [5, 37, 44, 48]) {
        const net = network({ units, activation: activations[3]!, output: outputs[3]!, bias });
        const options = { optimizer, steps: 10, record: { every: 3, at: [4], what: ['a'] as const } };
        expectSameBits(net, examples(net, m), () => options);
      }
  });
});
