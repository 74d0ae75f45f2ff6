/** How far three hidden units are apart after training, if they start equal and if they start at random. */

import {
  constant,
  createRandom,
  gradientDescent,
  initialise,
  inverseSqrt,
  logisticCrossEntropy,
  type Matrix,
  matrix,
  network,
  tanh,
  toRows,
  train,
  transpose,
} from 'astro-measured/engine';
import { defineExperiment, meanInterval, xor } from 'astro-measured/lab';
import { z } from 'zod';

/** The largest difference between two rows of a matrix, entry by entry. */
function largestDifference(rows: Matrix): number {
  const entries = toRows(transpose(rows));
  return Math.max(...entries.map((entry) => Math.max(...entry) - Math.min(...entry)));
}

export default defineExperiment({
  question: 'Do hidden units that start equal ever come apart?',
  params: { start: ['equal', 'random'] }, // every combination of values is a point
  seeds: 16, // 0 … 15, each handed to run
  record: z.object({ distance: z.number() }), // what one run yields
  run({ start }, { seed }) {
    const { X, Y } = xor();
    const data = { X: matrix(4, 2, X.flat()), Y: matrix(4, 1, Y.flat()) };
    const net = network({ units: [2, 3, 1], activation: tanh, output: logisticCrossEntropy });
    const weights = start === 'equal' ? constant(0.5) : inverseSqrt;
    const parameters = initialise(net, { weights }, createRandom(seed));
    const run = train(net, parameters, data, { optimizer: gradientDescent({ rate: 0.5 }), steps: 500 });
    return { distance: largestDifference(run.parameters.Theta[1]!) };
  },
  measures: {
    equal: ({ records }) => Math.max(...records.filter((r) => r.start === 'equal').map((r) => r.distance)),
    random: ({ records }) => meanInterval(records.filter((r) => r.start === 'random').map((r) => r.distance)),
  },
});
