/** Charts: training with slope β and with rescaled weights and rate (the same curve); the derivative by slope. */
import { colour, defineCharts, lines } from 'astro-measured/figure';
import type experiment from './gain-rate.ts';

export default defineCharts<typeof experiment>({
  overlay: {
    title: 'One slope, four runs',
    spec: ({ records, layout }) => {
      const run = records.find((r) => r.beta === 2 && r.optimizer === 'gradient descent' && r.seed === 0)!;
      const rowsOf = (J: readonly number[], name: string) =>
        run.step.flatMap((step, i) => (step === 0 ? [] : [{ step, J: J[i]!, run: name }]));
      const x = { field: 'step', title: 'Step', scale: 'log' } as const;
      const y = { field: 'J', title: 'Loss J' } as const;
      return lines({
        layout,
        data: [
          ...rowsOf(run.J.weightsOnly, 'weights × β only'),
          ...rowsOf(run.J.rateOnly, 'rate × β² only'),
          ...rowsOf(run.J.sloped, 'slope β = 2'),
        ],
        x,
        y,
        series: 'run',
        labels: 'legend',
        layers: [
          {
            data: { values: rowsOf(run.J.plain, 'slope 1, weights × β, rate × β²').filter((_, i) => i % 4 === 0) },
            // Rings, so that the line below them can be seen.
            mark: { type: 'point', filled: false, stroke: colour('ink'), size: 36, strokeWidth: 1.2 },
            encoding: { x: { field: 'step', type: 'quantitative' }, y: { field: 'J', type: 'quantitative' } },
          },
        ],
      });
    },
  },
  slopes: {
    title: 'The derivative of a unit of slope β',
    spec: ({ measures, layout }) =>
      lines({
        layout,
        data: (['one', 'two', 'four'] as const).flatMap((name, i) =>
          measures.slopes[name].map((slope, j) => ({ x: j / 10, slope, beta: `β = ${2 ** i}` })),
        ),
        x: { field: 'x', title: 'x' },
        y: { field: 'slope', title: 'β σ′(βx)', scale: 'log' },
        series: 'beta',
      }),
  },
});
