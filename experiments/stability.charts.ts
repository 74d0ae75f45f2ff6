/** Chart: the eigenvalues of H, by the number of independent errors that reach the layer. */
import { colour, defineCharts, rule, strip } from 'astro-measured/figure';
import type experiment from './stability.ts';

/** Label of each problem, with its number of independent errors. */
const labels = {
  'one output': '1 error: one output',
  'one output, ramps': '1 error: ramps',
  'softmax, 2 classes': '1 error: softmax of 2',
  'two outputs': '2 errors: two outputs',
  'softmax, 3 classes': '2 errors: softmax of 3',
} as const;

export default defineCharts<typeof experiment>({
  spectra: {
    title: 'Ways off the plateau',
    spec: ({ records, layout }) => {
      const data = records.flatMap((r) =>
        r.eigenvalues.map((eigenvalue, i) => ({
          errors: labels[r.problem],
          problem: r.seed,
          rank: i === 0 ? 'lowest' : 'other',
          // The eigensolver gives some 10⁻³⁰ for 0.
          eigenvalue: Math.round(eigenvalue * 1e6) / 1e6,
        })),
      );
      return strip({
        layout,
        data: data.filter((row) => row.rank === 'other'),
        category: { field: 'errors', title: '' },
        value: { field: 'eigenvalue', title: 'Eigenvalue of H' },
        layers: [
          {
            data: { values: data.filter((row) => row.rank === 'lowest') },
            mark: { type: 'tick', thickness: 1.6, size: 22, color: colour('c2') },
            encoding: {
              y: { field: 'errors', type: 'nominal', sort: null },
              x: { field: 'eigenvalue', type: 'quantitative' },
            },
          },
          ...rule({ x: 0 }),
        ],
      });
    },
  },
});
