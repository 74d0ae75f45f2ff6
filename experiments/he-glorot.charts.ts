/** Chart: the loss of thirty ReLU layers by step, by initialisation. */
import { defineCharts, lines, rule } from 'astro-measured/figure';
import { quantile } from 'astro-measured/lab';
import type experiment from './he-glorot.ts';

export default defineCharts<typeof experiment>({
  loss: {
    title: 'Thirty layers of ReLU, plain gradient descent',
    spec: ({ records, layout }) => {
      const plain = records.filter((r) => r.optimizer === 'gradient descent');
      return lines({
        layout,
        data: ['He', 'Glorot'].flatMap((scheme) => {
          const runs = plain.filter((r) => r.scheme === scheme);
          return runs[0]!.J.map((_, i) => {
            const values = runs.map((r) => r.J[i]!);
            return {
              step: 4 * (i + 1),
              J: quantile(values, 0.5),
              low: Math.min(...values),
              high: Math.max(...values),
              scheme,
            };
          });
        }),
        x: { field: 'step', title: 'Step' },
        y: { field: 'J', title: 'Loss J: median and range of the seeds', zero: true },
        series: 'scheme',
        band: ['low', 'high'],
        layers: rule({ y: Math.LN2, label: 'ln 2' }),
      });
    },
  },
});
