/** How the flips are shown. Restyling a chart runs nothing again. */
import { defineCharts, lines } from 'astro-measured/figure';
import type experiment from './coin-flips.ts';

export default defineCharts<typeof experiment>({
  error: {
    title: 'Error of the share of heads',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: [16, 64, 256, 1024].map((flips) => {
          const own = records.filter((r) => r.flips === flips);
          const error = Math.sqrt(own.reduce((sum, r) => sum + (r.share - 0.5) ** 2, 0) / own.length);
          return { flips, error, predicted: 1 / (2 * Math.sqrt(flips)) };
        }),
        x: { field: 'flips', title: 'Flips', scale: 'log' },
        y: { field: 'error', title: 'Root mean square error', scale: 'log' },
        predicted: 'predicted',
        points: true,
      }),
  },
});
