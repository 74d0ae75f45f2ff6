/** Chart in frames: the loss after 300 steps, by weight scale and learning rate. */
import { defineCharts, heatmap } from 'astro-measured/figure';
import { median } from 'astro-measured/lab';
import type experiment from './scale-rate.ts';

/** The loss functions, with the loss at chance: of the output ½ for every input. */
const losses = [
  { loss: 'squared error', chance: 1 / 8 },
  { loss: 'cross-entropy', chance: Math.log(2) },
] as const;

export default defineCharts<typeof experiment>({
  map: {
    title: 'What 300 steps reach, by weight scale and rate',
    frames: () => losses.map(({ loss }, value) => ({ label: loss, value })),
    spec: ({ records, layout, frame }) => {
      const { loss, chance } = losses[frame.value]!;
      const cells = Map.groupBy(
        records.filter((r) => r.loss === loss),
        (r) => `${r.scale} ${r.rate}`,
      );
      return heatmap({
        layout,
        data: [...cells.values()].map((runs) => ({
          scale: runs[0]!.scale,
          rate: runs[0]!.rate,
          ofChance: median(runs.map((r) => r.J)) / chance,
        })),
        x: { field: 'scale', title: 'Weight scale' },
        y: { field: 'rate', title: 'Learning rate' },
        value: { field: 'ofChance', title: 'Loss, 1 = chance', edges: [0.01, 0.1, 0.5, 1.02, 2.02], format: '~g' },
      });
    },
  },
});
