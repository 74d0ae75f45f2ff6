/** Chart: what tells inputs apart on its way up, and the error on its way down, with residual connections and layer normalisation. */
import { defineCharts, lines } from 'astro-measured/figure';
import { median } from 'astro-measured/lab';
import type experiment from './residual-norm.ts';

const names = { plain: 'plain', residual: 'residual', norm: 'layer norm', both: 'both' } as const;
const panels = { spread: 'variance of a over inputs', delta: 'mean square of δ' } as const;

/** The recorded layers. */
const LAYERS = [1, 5, 10, 15, 20, 30, 40, 50];
/** Smaller values are not drawn. */
const FLOOR = 1e-12;

const keysOf = <K extends string>(of: Readonly<Record<K, string>>) => Object.keys(of) as K[];

export default defineCharts<typeof experiment>({
  stacks: {
    title: 'Up and down fifty layers',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: keysOf(panels).flatMap((what) =>
          keysOf(names).flatMap((kind) => {
            const runs = records.filter((r) => r.kind === kind && r.depth === 50 && r.variance === 1 / 3);
            return LAYERS.map((layer, k) => ({
              panel: panels[what],
              layers: names[kind],
              layer,
              value: median(runs.map((r) => r[what][k]!)),
            })).filter(({ value }) => value > FLOOR);
          }),
        ),
        x: { field: 'layer', title: 'Hidden layer', domain: [1, 50], values: [1, 10, 20, 30, 40, 50] },
        y: { field: 'value', title: 'Mean square', scale: 'log', domain: [FLOOR, 1000] },
        series: 'layers',
        labels: 'legend',
        facet: { field: 'panel' },
      }),
  },
});
