/** How far the share of heads is from one half after n throws of a fair coin. */

import { createRandom } from 'astro-measured/engine';
import { defineExperiment, meanInterval } from 'astro-measured/lab';
import { z } from 'zod';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export default defineExperiment({
  question: 'How does the share of heads approach one half?',
  params: { throws: [10, 100, 1000, 10000] },
  seeds: 100,
  seedsPerTask: 100,
  record: z.object({ share: z.number() }),
  run({ throws }, { seed }) {
    const random = createRandom(seed);
    let heads = 0;
    for (let i = 0; i < throws; i++) heads += random.integer(2);
    return { share: heads / throws };
  },
  measures: {
    /** After the most throws. */
    share: ({ records }) => meanInterval(records.filter((r) => r.throws === 10000).map((r) => r.share)),
    /** Of the logarithm of the root mean square error against that of the number of throws. */
    slope: ({ records }) => {
      const error = (throws: number): number =>
        Math.sqrt(mean(records.filter((r) => r.throws === throws).map((r) => (r.share - 0.5) ** 2)));
      return Math.log10(error(10000) / error(10)) / 3;
    },
  },
});
