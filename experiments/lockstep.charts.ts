/** E1 as figures: what separates and what does not. */
import { defineCharts, lines } from '../src/figure/index.ts';
import { median } from '../src/lab/define.ts';
import type experiment from './lockstep.ts';

export default defineCharts<typeof experiment>({
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
