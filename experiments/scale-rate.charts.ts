/** Chart over a grid: the loss after 300 steps by weight scale and learning rate, and how a chosen network got there. */
import { colour, defineCharts, type FigureSpec, heatmap, lines } from 'astro-measured/figure';
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
    grid: ({ records }) => [
      {
        title: 'Weight scale',
        choices: [...new Set(records.map((r) => r.scale))].map((value) => ({ label: `scale ${value}`, value })),
      },
      {
        title: 'Learning rate',
        choices: [...new Set(records.map((r) => r.rate))].map((value) => ({ label: `rate ${value}`, value })),
      },
    ],
    start: 'scale 10, rate 30',
    describe: ({ records, frame }) => {
      const ends = losses.map(({ loss, chance }) => {
        const runs = records.filter((r) => r.loss === loss && r.scale === frame.value && r.rate === frame.second);
        return `${loss} ends at ${Number((median(runs.map((r) => r.J)) / chance).toPrecision(2))}`;
      });
      return `At weight scale ${frame.value} and rate ${frame.second}, in units of the loss at chance, ${ends.join(', ')}.`;
    },
    spec: ({ records, layout, frame }) => {
      const isWide = layout.name === 'wide';
      const map = Math.floor(isWide ? layout.width * 0.26 : layout.width * 0.42);
      const curve = Math.floor(isWide ? layout.width * 0.3 : layout.width * 0.86);
      const height = isWide ? 220 : 170;
      const ink = colour('ink');
      const chosen = losses.flatMap(({ loss, chance }) => {
        const runs = records.filter((r) => r.loss === loss && r.scale === frame.value && r.rate === frame.second);
        return runs[0]!.steps.map((step, i) => ({ loss, step, J: median(runs.map((r) => r.curve[i]!)) / chance }));
      });
      const band = (field: 'scale' | 'rate', value: number) => ({
        data: { values: [{ [field]: value }] },
        mark: { type: 'rect', filled: false, stroke: ink, strokeWidth: 1.5 },
        // Sorted as the cells are.
        encoding: {
          [field === 'scale' ? 'x' : 'y']: { field, type: 'ordinal', sort: field === 'scale' ? null : 'descending' },
        },
      });
      const maps = losses.map(({ loss, chance }, i) => {
        const cells = Map.groupBy(
          records.filter((r) => r.loss === loss),
          (r) => `${r.scale} ${r.rate}`,
        );
        const { layer, ...whole } = heatmap({
          // The key of the first map stands over both.
          layout: { ...layout, width: 2 * map + 120 },
          data: [...cells.values()].map((runs) => ({
            scale: runs[0]!.scale,
            rate: runs[0]!.rate,
            ofChance: median(runs.map((r) => r.J)) / chance,
          })),
          x: { field: 'scale', title: 'Weight scale', values: [0.1, 1, 10, 100] },
          y: { field: 'rate', title: i === 0 ? 'Learning rate' : '' },
          value: {
            field: 'ofChance',
            title: 'Loss, 1 = chance',
            edges: [0.01, 0.1, 0.5, 1.02, 2.02],
            format: '~g',
            gap: 16,
          },
        }) as { layer: object[] };
        const name = {
          data: { values: [{}] },
          mark: { type: 'text', text: loss, align: 'left', baseline: 'bottom' },
          encoding: { x: { value: 0 }, y: { value: -23 } },
        };
        const shown = i === 0 ? layer : layer.slice(0, 1);
        return {
          ...whole,
          width: map,
          height,
          layer: [...shown, name, band('scale', frame.value), band('rate', frame.second)],
        };
      });
      const training = {
        ...lines({
          layout,
          data: chosen,
          x: {
            field: 'step',
            title: 'Step',
            scale: 'symlog',
            constant: 5,
            domain: [0, 300],
            values: [0, 10, 100, 300],
          },
          y: { field: 'J', title: 'Loss, 1 = chance', scale: 'log', domain: [1e-4, 1e4] },
          series: 'loss',
          labels: 'legend',
          seriesTitle: '',
        }),
        width: curve,
        height: isWide ? height : 130,
      };
      // Without `flush`, the key of the first map would push the second away; the spaces leave room for the axes.
      const beside = { bounds: 'flush', spacing: 50 };
      return (
        isWide
          ? { hconcat: [...maps, training], ...beside }
          : { vconcat: [{ hconcat: maps, ...beside }, training], spacing: 30 }
      ) as FigureSpec;
    },
  },
});
