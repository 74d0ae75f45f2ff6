/** Depth against weight variance: deep tanh networks train where χ₁ is near 1, and only there. */

import {
  createRandom,
  criticalPoint,
  fixedPoint,
  initialise,
  logisticCrossEntropy,
  momentum,
  network,
  normal,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';
import { halves } from './shared/halves.ts';
import { scaledBy } from './shared/scaled.ts';
import { trainedShare } from './shared/trained.ts';

const WIDTH = 32;
const BIAS_VARIANCE = 0.05;
const VARIANCES = [0.75, 1.25, 1.5, 1.76, 2, 2.5, 3.5];
const DEPTHS = [10, 25, 40];

export default defineExperiment({
  question: 'At which weight variance does a deep tanh network still train?',
  params: { depth: DEPTHS, variance: VARIANCES },
  seeds: 20,
  seedsPerTask: 20,
  record: z.object({
    /** J over all examples after training; ln 2 is chance. */
    J: z.number(),
  }),
  run({ depth, variance }, { seed }) {
    const random = createRandom(seed);
    const task = halves({ m: 16, inputs: 10 }, random.split('task'));
    const units = [10, ...new Array<number>(depth).fill(WIDTH), 1];
    const net = network({ units, activation: tanh, output: logisticCrossEntropy });
    const start = initialise(
      net,
      { weights: scaledBy(Math.sqrt(variance)), bias: normal(Math.sqrt(BIAS_VARIANCE)) },
      random.split('weights'),
    );
    const { J } = train(net, start, task, {
      optimizer: momentum({ rate: 0.01, mu: 0.9 }),
      steps: 150,
    });
    return { J: J.at(-1)! };
  },
  measures: {
    /** Where χ₁ = 1 at σ_b² = 0.05, and the fixed point q* there. */
    critical: () => criticalPoint(tanh, BIAS_VARIANCE),
    /** χ₁ at the ends of the grid. */
    chi: () => {
      const of = (weightVariance: number) => fixedPoint(tanh, { weightVariance, biasVariance: BIAS_VARIANCE }).chi;
      return { low: of(VARIANCES[0]!), high: of(VARIANCES.at(-1)!) };
    },
    /** The share of runs that end below J = 0.1, by depth, at the critical line and at both ends of the grid. */
    trained: ({ records }) => {
      const over = (depth: number) => {
        const at = (variance: number) =>
          trainedShare(records.filter((r) => r.depth === depth && r.variance === variance));
        return {
          ordered: at(VARIANCES[0]!),
          critical: at(1.76),
          above: at(2),
          chaotic: at(VARIANCES.at(-1)!),
          lowest: Math.min(...VARIANCES.map(at)),
        };
      };
      return { d10: over(10), d40: over(40) };
    },
    runs: ({ records }) => records.filter((r) => r.depth === DEPTHS[0] && r.variance === VARIANCES[0]).length,
  },
});
