/** Chart: units merge or diverge, depending on how the outgoing weight is divided between them. */
import { defineCharts, lines } from 'astro-measured/figure';
import type experiment from './remerging.ts';

/** The two units' parts of the outgoing weight, such as 0.7 : 0.3. */
const shares = (tilt: number): string =>
  [1 + tilt, 1 - tilt].map((v) => (v / 2).toFixed(1).replace('-', '−')).join(' : ');

export default defineCharts<typeof experiment>({
  gap: {
    title: 'Merging and diverging',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: records.flatMap((r) => r.steps.map((step, i) => ({ shares: shares(r.tilt), step, gap: r.gap[i]! }))),
        x: { field: 'step', title: 'Step' },
        y: { field: 'gap', title: 'Difference of the incoming weights', scale: 'log' },
        series: 'shares',
        seriesTitle: 'Shares of the outgoing weight',
      }),
  },
});
