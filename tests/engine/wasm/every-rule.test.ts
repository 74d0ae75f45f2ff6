/** Every activation, output and optimiser gives the same bits on both backends, at every remainder of the batch. */
import { describe, test } from 'vitest';
import { network } from '../../../src/engine/index.ts';
import { activations, examples, optimizers, outputs } from './examples.ts';
import { expectSameBits, expectSameGradient } from './same-bits.ts';

/** Every remainder by the number of lanes, and by the examples of a panel. */
const batches = [...Array.from({ length: 17 }, (_, i) => i + 1), 64, 300];

/** The hidden activations of two networks, which together have all of them, one per layer. */
const activationLists = [activations.slice(0, 6), activations.slice(6)];

/** Fewer steps for larger batches: some 200 examples in all. */
const stepsFor = (batch: number): number => Math.max(5, Math.min(100, Math.ceil(200 / batch)));

describe('many steps give the bits of the reference implementation, for every activation, output and optimiser', () => {
  // Each case runs another fifth of the batches, so that each batch runs with every output and every optimiser.
  const cases = outputs.flatMap((output, i) =>
    optimizers.map((optimizer, j) => ({ output, optimizer, some: batches.filter((_, k) => (i + j + k) % 5 === 0) })),
  );
  test.each(cases)('with $output.name and $optimizer.name, batches of $some', ({ output, optimizer, some }) => {
    for (const batch of some)
      for (const activation of activationLists) {
        const net = network({ units: [2, ...activation.map(() => 2), 3], activation, output });
        const data = examples(net, batch);
        const { parameters, diverged } = expectSameBits(net, data, () => ({ optimizer, steps: stepsFor(batch) }));
        if (!diverged) expectSameGradient(net, parameters, data);
      }
  });
});

describe('every optimiser gives the bits of the reference implementation, clipped or not, with or without biases, while recording', () => {
  // Their columns, rows and examples give tiles of every size, and every remainder of tiles and unrolled loops.
  const shapes = [
    [1, 9, 3],
    [2, 7, 2],
    [3, 4, 1],
    [4, 5, 2],
    [6, 3, 7, 2],
  ];
  // Each case runs a quarter of the pairs of shape and m; the cases of one optimiser, or of one setting, run all of them.
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
