/** E4 as a figure: two units part at the predicted rate. */
import { defineCharts, lines } from '../src/figure/index.ts';
import type experiment from './growth.ts';

export default defineCharts<typeof experiment>({
  divergence: {
    title: 'Two units part',
    spec: ({ records, layout }) => {
      const shown = records.filter((r) => r.rate === 0.2 && r.seed === 0);
      const data = shown.flatMap((r) =>
        r.steps.map((step, i) => ({
          outputs: r.outputs === 1 ? 'one output' : 'two outputs',
          push: `push ${r.push.toExponential().replace('e-', ' · 10^−').replace('1 · ', '')}`,
          step,
          distance: r.distance[i]!,
          prediction: Math.min(r.prediction[i]!, 10),
        })),
      );
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
