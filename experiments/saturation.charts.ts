/** Charts: the return of a saturated logistic unit, by loss and starting point. */
import { defineCharts, lines } from 'astro-measured/figure';
import type experiment from './saturation.ts';

export default defineCharts<typeof experiment>({
  return: {
    title: 'The way back from z = 10',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: records
          .filter((r) => r.start === 10)
          .flatMap((r) => r.step.map((step, i) => ({ step, z: r.z[i]!, loss: r.loss }))),
        // Linear up to step 1, so that step 0 can be shown.
        x: { field: 'step', title: 'Step', scale: 'symlog', constant: 1, values: [0, 1, 10, 100, 1000, 10_000] },
        y: { field: 'z', title: 'Pre-activation z', zero: true },
        series: 'loss',
      }),
  },
  byStart: {
    title: 'Steps to return, by starting point',
    spec: ({ records, measures, layout }) =>
      lines({
        layout,
        data: records.map((r) => ({
          start: r.start,
          steps: r.steps,
          flow: measures.flows[r.loss === 'squared error' ? 'squaredError' : 'crossEntropy'][r.start - 1]!,
          loss: r.loss,
        })),
        x: { field: 'start', title: 'Starting point z₀', format: 'd', values: [2, 4, 6, 8, 10] },
        y: { field: 'steps', title: 'Steps until z ≤ 0', scale: 'log' },
        series: 'loss',
        points: true,
        predicted: 'flow',
      }),
  },
});
