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
