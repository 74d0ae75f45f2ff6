/** E3 as a figure: what keeps identical units identical (at zero), and what separates them. */
import { colour, defineCharts, strip } from '../src/figure/index.ts';
import type experiment from './breakers.ts';

export default defineCharts<typeof experiment>({
  strip: {
    title: 'What separates identical units',
    table: ({ records }) => records.map(({ cause, spread, outputs, seed }) => ({ cause, spread, outputs, seed })),
    spec: ({ records, layout }) =>
      strip({
        layout,
        // Runs with the same difference, as those at 0, share one tick; the table has them all.
        data: [...new Map(records.map(({ cause, spread }) => [`${cause} ${spread}`, { cause, spread }])).values()],
        category: { field: 'cause', title: '' },
        value: {
          field: 'spread',
          title: 'Largest difference between two hidden units',
          scale: 'symlog',
          constant: 1e-17,
        },
        // A second colour for what the theorem does not cover.
        layers: [
          {
            data: { values: records.filter((r) => !r.covered).map(({ cause, spread }) => ({ cause, spread })) },
            mark: { type: 'tick', thickness: 1.6, size: 16, color: colour('c2'), tooltip: null },
            encoding: {
              y: { field: 'cause', type: 'nominal', sort: null },
              x: { field: 'spread', type: 'quantitative' },
            },
          },
        ],
      }),
  },
});
