/** Chart in frames: two units leave a plateau of the loss. */
import { contours, defineCharts } from 'astro-measured/figure';
import type experiment from './plateau-walk.ts';

const shown = [0, 40, 50, 55, 60, 65, 70, 120];
/** Steps between dots. */
const EVERY = 5;

export default defineCharts<typeof experiment>({
  walk: {
    title: 'Two units on the plateau',
    frames: ({ records }) =>
      shown.map((step) => ({
        label: `step ${step}: ${records[0]!.distance[step]!.toPrecision(2)} apart`,
        value: step,
      })),
    spec: ({ records, layout, frame }) => {
      const { surface, incoming, outgoing } = records[0]!;
      return contours({
        layout,
        values: surface,
        x: { title: 'Incoming weights, ± from the middle', domain: [-1.2, 1.2] },
        y: { title: 'Outgoing weights, ± from the middle', domain: [-1.2, 1.2] },
        value: { title: 'Loss minus the plateau’s', edges: [-0.15, -0.08, -0.02, 0.02, 0.3, 1], ramp: 'diverging' },
        points: [
          // Each unit's dots so far, every five steps: at plus and at minus the difference.
          ...[1, -1].flatMap((sign) =>
            incoming
              .map((a, i) => ({
                x: Number((sign * a).toFixed(3)),
                y: Number((sign * outgoing[i]!).toFixed(3)),
                class: sign > 0 ? 'one unit' : 'the other',
              }))
              .filter((_, i) => i <= frame.value && i % EVERY === 0),
          ),
        ],
      });
    },
    describe: ({ measures }) =>
      `A saddle of the loss, by how far two units differ in their incoming and in their outgoing weights. For ${measures.seen} steps the two units seem to stand still in the middle, then they run down opposite valleys and end ${measures.end.toFixed(2)} apart.`,
  },
});
