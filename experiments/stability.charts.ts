/** E5 as a figure: the eigenvalues of H by number of outputs. */
import { colour, defineCharts, rule, strip } from '../src/figure/index.ts';
import type experiment from './stability.ts';

export default defineCharts<typeof experiment>({
  spectra: {
    title: 'Ways off the plateau',
    spec: ({ records, layout }) => {
      const data = records.flatMap((r) =>
        r.eigenvalues.map((eigenvalue, i) => ({
          outputs: r.outputs === 1 ? 'one output' : 'two outputs',
          problem: r.seed,
          rank: i === 0 ? 'lowest' : 'other',
          eigenvalue,
        })),
      );
      return strip({
        layout,
        data,
        category: { field: 'outputs', title: '' },
        value: { field: 'eigenvalue', title: 'Eigenvalue of H' },
        layers: [
          {
            data: { values: data.filter((row) => row.rank === 'lowest') },
            mark: { type: 'tick', thickness: 1.6, size: 22, color: colour('c2') },
            encoding: {
              y: { field: 'outputs', type: 'nominal', sort: null },
              x: { field: 'eigenvalue', type: 'quantitative' },
            },
          },
          ...rule({ x: 0 }),
        ],
      });
    },
  },
});
