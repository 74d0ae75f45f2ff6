/** Chart: the singular values of a random layer, measured and by the quarter-circle law. */
import { defineCharts, lines } from 'astro-measured/figure';
import type experiment from './singular-values.ts';

const BIN = 0.1;

export default defineCharts<typeof experiment>({
  values: {
    title: 'Singular values of a fresh layer of a hundred units',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: (
          [
            ['±1/√n', 1 / Math.sqrt(3)],
            ['Glorot', 1],
          ] as const
        ).flatMap(([scheme, s]) => {
          const values = records.filter((r) => r.scheme === scheme).flatMap((r) => r.values);
          return Array.from({ length: 22 }, (_, i) => {
            const x = (i + 0.5) * BIN;
            const share = values.filter((v) => v >= i * BIN && v < (i + 1) * BIN).length / values.length / BIN;
            // Quarter-circle law: density √(4s² − x²)/(π s²) on [0, 2s].
            return {
              value: x,
              density: share,
              law: Math.sqrt(Math.max(0, 4 * s * s - x * x)) / (Math.PI * s * s),
              scheme,
            };
          });
        }),
        x: { field: 'value', title: 'Singular value' },
        y: { field: 'density', title: 'Density', zero: true },
        series: 'scheme',
        predicted: 'law',
        interpolate: 'linear',
      }),
  },
});
