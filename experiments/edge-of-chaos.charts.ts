import { colour, defineCharts, heatmap } from '../src/figure/index.ts';
import type experiment from './edge-of-chaos.ts';

export default defineCharts<typeof experiment>({
  map: {
    title: 'Runs that train, by depth and weight variance',
    spec: ({ records, layout }) => {
      const cells = Map.groupBy(records, (r) => `${r.depth} ${r.variance}`);
      const data = [...cells.values()].map((runs) => ({
        depth: runs[0]!.depth,
        variance: runs[0]!.variance,
        share: runs.filter((r) => r.J < 0.1).length / runs.length,
      }));
      return heatmap({
        layout,
        data,
        x: { field: 'variance', title: 'Weight variance n Var Θ' },
        y: { field: 'depth', title: 'Hidden layers' },
        value: { field: 'share', title: 'Share of runs below J = 0.1', edges: [0.1, 0.3, 0.5, 0.7, 0.9], format: '~g' },
        layers: [
          {
            data: { values: [{ variance: 1.76, label: 'χ₁ = 1' }] },
            mark: { type: 'rule', color: colour('ink'), strokeDash: [5, 3.5], strokeWidth: 1.6 },
            encoding: { x: { field: 'variance', type: 'ordinal' } },
          },
          {
            data: { values: [{ variance: 1.76, label: 'χ₁ = 1' }] },
            mark: { type: 'text', baseline: 'bottom', dy: -4, fontSize: 12, color: colour('ink') },
            encoding: {
              x: { field: 'variance', type: 'ordinal' },
              y: { value: 0 },
              text: { field: 'label', type: 'nominal' },
            },
          },
        ],
      });
    },
  },
});
