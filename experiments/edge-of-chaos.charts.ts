/** Chart: the share of runs that train, by weight variance and depth. */
import { defineCharts, lines, rule } from 'astro-measured/figure';
import type experiment from './edge-of-chaos.ts';
import { shareInterval, trainedShare } from './shared/trained.ts';

export default defineCharts<typeof experiment>({
  shares: {
    title: 'Runs that train, by weight variance and depth',
    spec: ({ records, measures, layout }) =>
      lines({
        layout,
        data: [...Map.groupBy(records, (r) => `${r.depth} ${r.variance}`).values()].map((runs) => {
          const share = trainedShare(runs);
          const [low, high] = shareInterval(share, runs.length);
          return { layers: `${runs[0]!.depth} hidden layers`, variance: runs[0]!.variance, share, low, high };
        }),
        x: { field: 'variance', title: 'Weight variance n Var Θ', domain: [0.75, 3.5] },
        y: {
          field: 'share',
          title: 'Share of runs below J = 0.1',
          domain: [0, 1.1],
          values: [0, 0.25, 0.5, 0.75, 1],
          format: '.0%',
        },
        series: 'layers',
        labels: 'legend',
        band: ['low', 'high'],
        points: true,
        layers: rule({ x: measures.critical.weightVariance, label: 'χ₁ = 1' }),
      }),
  },
});
