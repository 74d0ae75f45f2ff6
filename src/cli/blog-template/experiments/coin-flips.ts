/** How far the share of heads is from one half, for more and more flips of a fair coin. */
import { createRandom } from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

export default defineExperiment({
  question: 'How far is the share of heads from one half, for more and more flips?',
  // Each value is a point of the experiment; with several parameters, every combination.
  params: { flips: [16, 64, 256, 1024] },
  // Each point runs with the seeds 0 … 399, a hundred of them in one task.
  seeds: 400,
  seedsPerTask: 100,
  // What one run yields. Parameters, seed and these fields make one row of the records.
  record: z.object({ share: z.number() }),
  run({ flips }, { seed }) {
    // All chance comes from the seed.
    const random = createRandom(seed).split(flips);
    let heads = 0;
    for (let i = 0; i < flips; i++) if (random.uniform() < 0.5) heads++;
    return { share: heads / flips };
  },
  // What posts quote. Measures are derived from the records: editing one runs nothing again.
  measures: {
    errorAt: ({ records }) => {
      const error = (flips: number) =>
        rootMeanSquare(records.filter((r) => r.flips === flips).map((r) => r.share - 0.5));
      return { few: error(16), many: error(1024) };
    },
    // √n times the error is one half if the error falls as 1/√n.
    scaled: ({ records }) => rootMeanSquare(records.map((r) => Math.sqrt(r.flips) * (r.share - 0.5))),
  },
});
