/** Chart in frames: the decision boundary after training, by weight scale. */
import { contours, defineCharts } from 'astro-measured/figure';
import type experiment from './boundary.ts';

export default defineCharts<typeof experiment>({
  boundaries: {
    title: 'What 300 steps make of each weight scale',
    frames: ({ records }) => records.map((r) => ({ label: `weight scale ${r.scale}`, value: r.scale })),
    spec: ({ records, layout, frame }) => {
      const run = records.find((r) => r.scale === frame.value)!;
      return contours({
        layout,
        values: run.probability,
        x: { title: 'x₁', domain: [-2.4, 2.4] },
        y: { title: 'x₂', domain: [-2.4, 2.4] },
        level: 0.5,
        points: run.points,
        value: { title: 'Probability of the second moon', edges: [0.1, 0.3, 0.5, 0.7, 0.9], ramp: 'diverging' },
      });
    },
  },
});
