/** Histograms of the activations of twelve layers, for each variance of the weights. */

import {
  createRandom,
  forward,
  initialise,
  inverseSqrt,
  lecunUniform,
  linearSquaredError,
  matrix,
  network,
  tanh,
  uniform,
} from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

const WIDTH = 100;
const LAYERS = 12;
const BINS = 40;
const schemes = {
  '±1/√n': inverseSqrt,
  LeCun: lecunUniform,
  'gain 5/3': uniform((5 / 3) * Math.sqrt(3 / WIDTH)),
  'gain 5': uniform(5 * Math.sqrt(3 / WIDTH)),
};

export default defineExperiment({
  question: 'How are the activations of each layer distributed, by the variance of the weights?',
  params: { scheme: ['±1/√n', 'LeCun', 'gain 5/3', 'gain 5'] },
  record: z.object({
    /** shares[k − 1][i]: share of the activations of hidden layer k in the i-th of forty bins over [−1, 1]. */
    shares: z.array(z.array(z.number())),
    /** Root mean square of the activations of hidden layer k. */
    rms: z.array(z.number()),
  }),
  run({ scheme }, { seed }) {
    const random = createRandom(seed);
    const units = new Array<number>(LAYERS + 2).fill(WIDTH);
    const net = network({ units, activation: tanh, output: linearSquaredError });
    const parameters = initialise(net, { weights: schemes[scheme] }, random.split('weights'));
    const source = random.split('inputs');
    const X = matrix(
      100,
      WIDTH,
      Array.from({ length: 100 * WIDTH }, () => source.normal()),
    );
    const hidden = forward(net, parameters, X)
      .a.slice(2, LAYERS + 2)
      .map((a) => a.data);
    return {
      shares: hidden.map((values) => {
        const counts = new Array<number>(BINS).fill(0);
        for (const a of values) counts[Math.min(BINS - 1, Math.floor(((a + 1) / 2) * BINS))]!++;
        return counts.map((count) => count / values.length);
      }),
      rms: hidden.map((values) => Math.sqrt(values.reduce((sum, a) => sum + a * a, 0) / values.length)),
    };
  },
  measures: {
    rms: ({ records }) => {
      const of = (scheme: string) => records.find((r) => r.scheme === scheme)!.rms;
      return { rule: of('±1/√n')[LAYERS - 1]!, lecun: of('LeCun')[LAYERS - 1]!, saturated: of('gain 5')[LAYERS - 1]! };
    },
  },
});
