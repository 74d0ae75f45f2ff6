/** E3 as a figure: what keeps identical units identical (at zero), and what parts them. */
import { defineCharts, strip } from '../src/figure/index.ts';
import type experiment from './breakers.ts';

export default defineCharts<typeof experiment>({
  strip: {
    title: 'What parts identical units',
    spec: ({ records, layout }) =>
      strip({
        layout,
        data: records.map(({ cause, spread, outputs, seed }) => ({ cause, spread, outputs, seed })),
        category: { field: 'cause', title: '' },
        value: {
          field: 'spread',
          title: 'Largest difference between two hidden units',
          scale: 'symlog',
          constant: 1e-17,
        },
      }),
  },
});
