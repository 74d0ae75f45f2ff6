import { defineCharts, strip } from 'astro-measured/figure';
import type experiment from './equal-start.ts';

export default defineCharts<typeof experiment>({
  distance: {
    title: 'How far hidden units are apart after 500 steps',
    spec: ({ records, layout }) =>
      strip({
        layout,
        data: records,
        category: { field: 'start', title: 'Start' },
        value: { field: 'distance', title: 'Largest difference' },
      }),
  },
});
