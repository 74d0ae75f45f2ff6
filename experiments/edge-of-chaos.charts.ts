import { colour, defineCharts, heatmap } from '../src/figure/index.ts';
import { median } from '../src/lab/define.ts';
import type experiment from './edge-of-chaos.ts';

export default defineCharts<typeof experiment>({
  map: {
    title: 'Loss after training, by depth and weight variance',
    spec: ({ records, layout }) => {
      const cells = Map.groupBy(records, (r) => `${r.depth} ${r.variance}`);
      const data = [...cells.values()].map((runs) => ({
        depth: runs[0]!.depth,
        variance: runs[0]!.variance,
        J: median(runs.map((r) => r.J)),
      }));
      return heatmap({
        layout,
        data,
        x: { field: 'variance', title: 'Weight variance σ_w² = n Var Θ' },
        y: { field: 'depth', title: 'Hidden layers' },
        value: { field: 'J', title: 'J after 150 steps', edges: [0.003, 0.01, 0.1, 0.4, 0.65], format: '~g' },
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
