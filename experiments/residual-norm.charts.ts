/** Charts: signal, spread and error by layer, and the share of runs that train, with residual connections and layer normalisation. */
import { defineCharts, lines } from 'astro-measured/figure';
import { median } from 'astro-measured/lab';
import type experiment from './residual-norm.ts';
import { shareInterval, trainedShare } from './shared/trained.ts';

const names = {
  plain: 'plain',
  residual: 'residual',
  norm: 'layer norm',
  both: 'both',
} as const;

const LAYERS = [1, 5, 10, 15, 20, 30, 40, 50];
/** Smaller values are not drawn. */
const FLOOR = 1e-10;

const quantities = [
  { what: 'signal', label: 'signal: mean square of a' },
  { what: 'spread', label: 'what tells inputs apart: variance of a over inputs' },
  { what: 'delta', label: 'error: mean square of δ' },
] as const;

export default defineCharts<typeof experiment>({
  levels: {
    title: 'Up and down fifty layers, from 1/(3n)',
    frames: () => quantities.map(({ label }, value) => ({ label, value })),
    spec: ({ records, layout, frame }) =>
      lines({
        layout,
        data: Object.entries(names)
          .flatMap(([kind, name]) => {
            const runs = records.filter((r) => r.kind === kind && r.depth === 50 && r.variance === 1 / 3);
            return LAYERS.map((layer, k) => ({
              stack: name,
              layer,
              value: median(runs.map((r) => r[quantities[frame.value]!.what][k]!)),
            }));
          })
          .filter(({ value }) => value > FLOOR),
        x: { field: 'layer', title: 'Hidden layer', domain: [1, 50], values: [1, 10, 20, 30, 40, 50] },
        y: { field: 'value', title: 'Mean square', scale: 'log', domain: [FLOOR, 1000] },
        series: 'stack',
      }),
  },
  shares: {
    title: 'Runs that train, by weight variance at the start',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: [...Map.groupBy(records, (r) => `${r.kind} ${r.depth} ${r.variance}`).values()].map((runs) => {
          const { kind, depth, variance } = runs[0]!;
          const share = trainedShare(runs);
          const [low, high] = shareInterval(share, runs.length);
          return { stack: names[kind], layers: `${depth} hidden layers`, variance, share, low, high };
        }),
        x: { field: 'variance', title: 'Weight variance n Var Θ', scale: 'log', domain: [0.1, 10] },
        y: {
          field: 'share',
          title: 'Share of runs below J = 0.1',
          domain: [0, 1.1],
          values: [0, 0.25, 0.5, 0.75, 1],
          format: '.0%',
        },
        series: 'stack',
        labels: 'legend',
        band: ['low', 'high'],
        points: true,
        facet: { field: 'layers' },
      }),
  },
});
