/** E4 as a figure: two units part at the predicted rate. */
import { defineCharts, lines } from '../src/figure/index.ts';
import type experiment from './growth.ts';

/** A push as a reader writes it. */
const pushes = { 0.0001: 'push 10⁻⁴', 1e-8: 'push 10⁻⁸', 1e-12: 'push 10⁻¹²' } as const;

export default defineCharts<typeof experiment>({
  divergence: {
    title: 'Two units part',
    spec: ({ records, layout }) => {
      const shown = records.filter((r) => r.rate === 0.2 && r.seed === 0);
      const all = shown.flatMap((r) =>
        r.steps.map((step, i) => ({
          outputs: r.outputs === 1 ? 'one output' : 'two outputs',
          push: pushes[r.push],
          step,
          distance: r.distance[i]!,
          prediction: r.prediction[i]!,
        })),
      );
      // Beyond the distance at which the units come to rest, the line of prediction says nothing.
      const data = all.filter((row) => row.prediction <= 10);
      return lines({
        layout,
        data,
        x: { field: 'step', title: 'Step after the push' },
        y: { field: 'distance', title: 'Distance between the units', scale: 'log', domain: [1e-13, 10] },
        series: 'push',
        predicted: 'prediction',
        facet: { field: 'outputs', columns: layout.name === 'wide' ? 2 : 1 },
      });
    },
  },
});
