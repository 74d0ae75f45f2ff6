/** The logistic function is a shifted tanh: with four times the weights and a bias, both networks are equal. */

import {
  createRandom,
  forward,
  initialise,
  lecunNormal,
  linearSquaredError,
  logistic,
  matrix,
  network,
  tanh,
} from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

const UNITS = [10, 40, 40, 40, 3];
const EXAMPLES = 16;

export default defineExperiment({
  question: 'Is a logistic network with 4Θ and bias −2Θ1 the tanh network with Θ?',
  seeds: 20,
  seedsPerTask: 20,
  record: z.object({
    /** Largest |output difference| over examples and outputs. */
    difference: z.number(),
    /** Largest |output| of the tanh network. */
    size: z.number(),
  }),
  run(_, { seed }) {
    const random = createRandom(seed);
    const make = (activation: typeof tanh) => network({ units: UNITS, activation, output: linearSquaredError });
    const original = initialise(make(tanh), { weights: lecunNormal }, random.split('weights'));
    const last = UNITS.length - 1;
    // The inputs are not shifted, so the first layer only doubles; the last one maps to no logistic unit.
    const factor = (l: number) => (l === 1 ? 2 : l === last ? 2 : 4);
    const Theta = original.Theta.map(({ rows, cols, data }, l) =>
      matrix(
        rows,
        cols,
        data.map((w) => factor(l) * w),
      ),
    );
    const b = original.b.map((bias, l) => {
      const { cols, data } = original.Theta[l]!;
      return bias.map((_, i) =>
        l === 1 ? 0 : (-factor(l) / 2) * data.subarray(i * cols, (i + 1) * cols).reduce((sum, w) => sum + w, 0),
      );
    });
    const source = random.split('inputs');
    const X = matrix(
      EXAMPLES,
      UNITS[0]!,
      Array.from({ length: EXAMPLES * UNITS[0]! }, () => source.normal()),
    );
    const ofTanh = forward(make(tanh), original, X).a.at(-1)!.data;
    const ofLogistic = forward(make(logistic()), { Theta, b }, X).a.at(-1)!.data;
    return {
      difference: Math.max(...ofTanh.map((value, i) => Math.abs(value - ofLogistic[i]!))),
      size: Math.max(...ofTanh.map(Math.abs)),
    };
  },
  measures: {
    difference: ({ records }) => Math.max(...records.map((r) => r.difference)),
    size: ({ records }) => Math.max(...records.map((r) => r.size)),
  },
});
