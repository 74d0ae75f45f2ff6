/** Charts: which units that start identical come apart, and which do not. */
import { defineCharts, lines, network } from 'astro-measured/figure';
import { median } from 'astro-measured/lab';
import type experiment from './lockstep.ts';

/** The steps whose weights are recorded. */
const shown = [0, 1, 2, 5, 10, 20, 50, 100, 200, 300];

export default defineCharts<typeof experiment>({
  network: {
    title: 'Identical units, step by step',
    frames: () =>
      [0, 2, 5, 20, 100, 300].map((step) => ({ label: step === 1 ? '1 step' : `${step} steps`, value: step })),
    spec: ({ records, layout, frame }) => {
      const run = records.find((r) => r.outputs === 3 && r.optimizer === 'SGD + L2' && r.seed === 0)!;
      return network({
        layout,
        weights: run.weights[shown.indexOf(frame.value)]!,
        title: 'Weight: negative below 0, positive above; width: size',
        labels: ['inputs', 'layer 2', 'layer 3', 'outputs'],
        extent: Math.max(...run.weights.flat(3).map(Math.abs)),
      });
    },
    describe: ({ measures }) =>
      `A network with three inputs, hidden layers of seven and five units, and three outputs. Lines of different inputs and outputs take different weights in training; the hidden units of a layer have the same lines at every step, their largest difference being ${measures.unitSpread}.`,
  },
  spread: {
    title: 'Units in lockstep',
    spec: ({ records, layout }) => {
      const several = records.filter((r) => r.outputs === 3);
      const curves = [
        ['between outputs', 'outputRows'],
        ['between inputs', 'inputs'],
        ['between hidden units', 'units'],
      ] as const;
      const data = [...Map.groupBy(several, (r) => r.optimizer)].flatMap(([optimizer, rows]) =>
        curves.flatMap(([difference, curve]) =>
          rows[0]!.steps.map((step, i) => ({
            optimizer,
            difference,
            step,
            spread: median(rows.map((r) => r[curve][i]!)),
          })),
        ),
      );
      return lines({
        layout,
        data,
        x: { field: 'step', title: 'Step' },
        y: { field: 'spread', title: 'Largest difference', zero: true },
        series: 'difference',
        facet: { field: 'optimizer' },
      });
    },
    describe: ({ measures }) =>
      `With three outputs, the weights of inputs and of outputs separate within ${measures.steps} steps under each of three optimisers. The difference between hidden units is exactly ${measures.unitSpread} throughout.`,
  },
});
