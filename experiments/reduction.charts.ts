/** Chart: the loss of eight identical units and of one unit, the same curve. */
import { colour, defineCharts, lines } from 'astro-measured/figure';
import type experiment from './reduction.ts';

export default defineCharts<typeof experiment>({
  loss: {
    title: 'Eight units that are one',
    spec: ({ records, measures, layout }) => {
      const [run] = records;
      const row = (network: string, curve: readonly number[]) =>
        run!.steps.map((step, i) => ({ network, step, J: curve[i]! }));
      const x = { field: 'step', title: 'Step' } as const;
      const y = { field: 'J', title: 'Loss J', scale: 'log' } as const;
      return lines({
        layout,
        data: [...row(`${measures.units} units, rate η`, run!.many), ...row('1 unit, rate η', run!.unscaled)],
        x,
        y,
        series: 'network',
        layers: [
          {
            data: {
              values: row(`1 unit, rates η/${measures.units} and ${measures.units}η`, run!.scaled).filter(
                (_, i) => i % 3 === 0,
              ),
            },
            mark: { type: 'point', filled: false, stroke: colour('ink'), size: 36, strokeWidth: 1.2 },
            encoding: {
              x: { field: 'step', type: 'quantitative' },
              y: { field: 'J', type: 'quantitative' },
            },
          },
        ],
      });
    },
  },
});
