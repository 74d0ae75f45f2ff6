import { defineCharts, heatmap, type Layout } from '../src/figure/index.ts';
import { median, type RecordsOf } from '../src/lab/define.ts';
import type experiment from './scale-rate.ts';

/** The map of the median loss after training, every cell a scale and a rate. */
const map =
  (loss: string, edges: readonly number[]) =>
  ({ records, layout }: { records: RecordsOf<typeof experiment>; layout: Layout }) => {
    const cells = Map.groupBy(
      records.filter((r) => r.loss === loss),
      (r) => `${r.scale} ${r.rate}`,
    );
    return heatmap({
      layout,
      data: [...cells.values()].map((runs) => ({
        scale: runs[0]!.scale,
        rate: runs[0]!.rate,
        J: median(runs.map((r) => r.J)),
      })),
      x: { field: 'scale', title: 'Weight scale' },
      y: { field: 'rate', title: 'Learning rate' },
      value: { field: 'J', title: 'J after 300 steps', edges, format: '~g' },
    });
  };

export default defineCharts<typeof experiment>({
  squared: {
    title: 'Squared error, by weight scale and rate',
    spec: map('squared error', [0.001, 0.01, 0.05, 0.13, 0.24]),
  },
  cross: { title: 'Cross-entropy, by weight scale and rate', spec: map('cross-entropy', [0.01, 0.1, 0.35, 0.7, 5]) },
});
