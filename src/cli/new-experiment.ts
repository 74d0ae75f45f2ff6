/** The template of a new experiment and its chart: small enough to run within a second, complete enough to adapt. */

const experiment = `/** What is measured. \`npm run experiments -- NAME\` runs it; a comment changed here re-runs nothing. */
import {
  createRandom,
  gradientDescent,
  initialise,
  lecunNormal,
  logisticCrossEntropy,
  matrix,
  network,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment, meanInterval, xor } from 'astro-measured/lab';
import { z } from 'zod';

const STEPS = 200;

export default defineExperiment({
  question: 'How fast does a small network learn exclusive or, at a low and a high learning rate?',
  // Every combination of these values is a point of the experiment.
  params: { rate: [0.2, 2] },
  // Each point runs with the seeds 0 … 7.
  seeds: 8,
  // What one run yields. Parameters, seed and these fields make one row of the records.
  record: z.object({ cost: z.array(z.number()) }),
  run({ rate }, { seed }) {
    // All randomness comes from the seed: no Math.random, no clock.
    const random = createRandom(seed);
    const { X, Y } = xor();
    const net = network({ units: [2, 8, 1], activation: tanh, output: logisticCrossEntropy });
    const start = initialise(net, { weights: lecunNormal }, random.split('weights'));
    const data = { X: matrix(X.length, 2, X), Y: matrix(Y.length, 1, Y) };
    const { J } = train(net, start, data, { optimizer: gradientDescent({ rate }), steps: STEPS });
    return { cost: [...J] };
  },
  // What posts quote: <Value of="NAME.cost.slow" />. Measures are derived from the records; editing one re-runs nothing.
  measures: {
    cost: ({ records }) => {
      const last = (rate: number) => meanInterval(records.filter((r) => r.rate === rate).map((r) => r.cost.at(-1)!));
      return { slow: last(0.2), fast: last(2) };
    },
  },
});
`;

const charts = `/** How it is shown. Restyling a chart never re-runs the experiment. */
import { defineCharts, lines } from 'astro-measured/figure';
import type experiment from './NAME.ts';

export default defineCharts<typeof experiment>({
  // In a post: <Chart of="NAME" show="learning">A caption.</Chart>
  learning: {
    title: 'Learning exclusive or',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: records
          .filter(({ seed }) => seed === 0)
          .flatMap(({ rate, cost }) => cost.map((J, step) => ({ step, J, rate: \`rate \${rate}\` }))),
        x: { field: 'step', title: 'Step' },
        y: { field: 'J', title: 'Cost J', zero: true },
        series: 'rate',
      }),
  },
});
`;

/** The rule for the name of an experiment, as messages state it. */
export const experimentRule = 'small letters a–z, digits and single hyphens, a letter first, a letter or digit last';

export const isExperimentName = (name: string): boolean => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name);

/** The texts of `experiments/<name>.ts` and `experiments/<name>.charts.ts`. */
export const newExperiment = (name: string): { experiment: string; charts: string } => ({
  experiment: experiment.replaceAll('NAME', name),
  charts: charts.replaceAll('NAME', name),
});
