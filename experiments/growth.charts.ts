/** Chart: the distance of two units by step, measured and predicted. */
import { defineCharts, lines, rule } from 'astro-measured/figure';
import type experiment from './growth.ts';

/** Label of each push. */
const pushes = { 0.0001: 'push 10⁻⁴', 1e-8: 'push 10⁻⁸', 1e-12: 'push 10⁻¹²' } as const;

export default defineCharts<typeof experiment>({
  ratio: {
    title: 'Measured over predicted distance',
    spec: ({ records, layout }) => {
      const data = records
        .filter((r) => r.rate === 0.2 && r.seed === 0)
        .flatMap((r) =>
          r.steps.map((step, i) => ({
            outputs: r.outputs === 1 ? 'one output' : 'two outputs',
            push: pushes[r.push],
            step,
            ratio: r.distance[i]! / r.prediction[i]!,
            prediction: r.prediction[i]!,
          })),
        )
        // The prediction does not hold beyond the distance at which the units come to rest.
        .filter((row) => row.prediction <= 3);
      return lines({
        layout,
        data: data.map(({ prediction: _, ...row }) => row),
        x: { field: 'step', title: 'Step after the push' },
        y: { field: 'ratio', title: 'Measured ÷ predicted', scale: 'log', domain: [0.3, 10] },
        series: 'push',
        facet: { field: 'outputs', columns: layout.name === 'wide' ? 2 : 1 },
        layers: rule({ y: 1 }),
      });
    },
  },
});
