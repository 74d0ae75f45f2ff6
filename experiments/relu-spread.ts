/** Spread of single ReLU networks with He's variance around the expectation over all networks. */

import {
  createRandom,
  forward,
  heUniform,
  initialise,
  linearSquaredError,
  matrix,
  network,
  relu,
} from 'astro-measured/engine';
import { defineExperiment, meanInterval, median, quantile } from 'astro-measured/lab';
import { z } from 'zod';

const WIDTH = 100;
const DEPTH = 20;

export default defineExperiment({
  question: 'How far do single ReLU networks of He’s variance lie from the mean square that they have on average?',
  // Many seeds, since a few large values dominate the mean.
  seeds: 600,
  seedsPerTask: 100,
  record: z.object({
    /** Mean of z² over units and four inputs, after twenty weight matrices. */
    signal: z.number(),
  }),
  run(_, { seed }) {
    const random = createRandom(seed);
    const net = network({
      units: new Array<number>(DEPTH + 1).fill(WIDTH),
      activation: relu,
      output: linearSquaredError,
    });
    const source = random.split('inputs');
    const X = matrix(
      4,
      WIDTH,
      Array.from({ length: 4 * WIDTH }, () => source.normal()),
    );
    const { z } = forward(net, initialise(net, { weights: heUniform }, random.split('weights')), X);
    const top = z[DEPTH + 1]!.data;
    return { signal: top.reduce((sum, v) => sum + v * v, 0) / top.length };
  },
  measures: {
    mean: ({ records }) =>
      meanInterval(
        records.map((r) => r.signal),
        0.99,
      ),
    median: ({ records }) => median(records.map((r) => r.signal)),
    /** Eight of ten networks lie between these. */
    low: ({ records }) =>
      quantile(
        records.map((r) => r.signal),
        0.1,
      ),
    high: ({ records }) =>
      quantile(
        records.map((r) => r.signal),
        0.9,
      ),
    networks: ({ records }) => records.length,
  },
});
