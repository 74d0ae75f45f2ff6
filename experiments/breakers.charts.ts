/** Chart: the difference between units that start identical, by cause; 0 where they stay identical. */
import { colour, defineCharts, strip } from 'astro-measured/figure';
import type experiment from './breakers.ts';

export default defineCharts<typeof experiment>({
  strip: {
    title: 'What separates identical units',
    table: ({ records }) => records.map(({ cause, spread, outputs, seed }) => ({ cause, spread, outputs, seed })),
    spec: ({ records, layout }) =>
      strip({
        layout,
        // Equal differences, such as 0, share one tick; the table lists all runs.
        data: [...new Map(records.map(({ cause, spread }) => [`${cause} ${spread}`, { cause, spread }])).values()],
        category: { field: 'cause', title: '' },
        value: {
          field: 'spread',
          title: 'Largest difference between two hidden units',
          scale: 'symlog',
          constant: 1e-17,
        },
        // A second colour for the causes that the theorem does not cover.
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
