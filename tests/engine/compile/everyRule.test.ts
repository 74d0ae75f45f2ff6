/** Every activation, output and optimiser through both doors, at every remainder of the batch. */
import { describe, test } from 'vitest';
import { network } from '../../../src/engine/index.ts';
import { activations, examples, optimizers, outputs } from './examples.ts';
import { expectSameBits, expectSameGradient } from './sameBits.ts';

/** Every remainder of the lane count, and of the panels'. */
const batches = [...Array.from({ length: 17 }, (_, i) => i + 1), 64, 300];

/** Two networks that have all activations between them, one a layer. */
const halves = [activations.slice(0, 6), activations.slice(6)];

/** Fewer steps where each takes longer: the specification needs as many examples for a batch of 2 as for one of 17. */
const stepsFor = (batch: number): number => Math.max(5, Math.min(100, Math.ceil(200 / batch)));

describe('many steps give the bits of the specification, for every activation, output and optimiser', () => {
  // The fifth of the batches differs from case to case, so that each meets every output and every optimiser.
  const cases = outputs.flatMap((output, i) =>
    optimizers.map((optimizer, j) => ({ output, optimizer, some: batches.filter((_, k) => (i + j + k) % 5 === 0) })),
  );
  test.each(cases)('with $output.name and $optimizer.name, batches of $some', ({ output, optimizer, some }) => {
    for (const batch of some)
      for (const activation of halves) {
        const net = network({ units: [2, ...activation.map(() => 2), 3], activation, output });
        const data = examples(net, batch);
        const { parameters, diverged } = expectSameBits(net, data, () => ({ optimizer, steps: stepsFor(batch) }));
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
  // Each case meets a quarter of the shapes with each number of examples, each optimiser and each setting all of them.
  const cases = optimizers.flatMap((optimizer, i) =>
    [undefined, 0.3].flatMap((clipNorm, j) =>
      [true, false].map((bias, k) => ({ optimizer, clipNorm, bias, turn: i + 2 * j + k })),
    ),
  );
  test.each(cases)(
    '$optimizer.name, clipped at $clipNorm, biases $bias',
    ({ optimizer: rule, clipNorm, bias, turn }) => {
      const { clipNorm: _, ...unclipped } = rule;
      const optimizer = clipNorm === undefined ? unclipped : { ...rule, clipNorm };
      for (const [s, units] of shapes.entries())
        for (const [t, m] of [5, 37, 44, 48].entries()) {
          if ((s + t + turn) % 4 !== 0) continue;
          const net = network({ units, activation: activations[3]!, output: outputs[3]!, bias });
          const options = { optimizer, steps: 10, record: { every: 3, at: [4], what: ['a'] as const } };
          expectSameBits(net, examples(net, m), () => options);
        }
    },
  );
});
