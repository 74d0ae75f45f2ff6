/** Chart: the mean square of the first pre-activation by fan-in, for independent and for equal weights. */
import { defineCharts, rule, strip } from 'astro-measured/figure';
import type experiment from './root-n.ts';

export default defineCharts<typeof experiment>({
  variance: {
    title: 'Mean square of the first pre-activation',
    spec: ({ measures, records, layout }) =>
      strip({
        layout,
        data: [],
        category: { field: 'case', title: '' },
        value: { field: 'variance', title: `Mean of z² over ${new Set(records.map((r) => r.seed)).size} networks` },
        intervals: (['standard', 'equal'] as const).flatMap((kind) =>
          ([4, 16, 64, 256] as const).map((n) => {
            const { value, low, high } = measures.variance[kind][`n${n}`];
            return {
              case: `${kind === 'standard' ? 'independent' : 'all equal'}, n = ${n}`,
              variance: value,
              value,
              low,
              high,
            };
          }),
        ),
        layers: rule({ x: 1 / 3, label: '1/3' }),
      }),
  },
});
