/** Chart: the step at which rounding separates two units, by the number of hidden units. */
import { colour, defineCharts } from 'astro-measured/figure';
import type experiment from './rounding.ts';

const precisions = ['float32', 'float64'] as const;

export default defineCharts<typeof experiment>({
  parting: {
    title: 'When equal units diverge in NumPy',
    describe: ({ records }) =>
      precisions
        .map((precision) => {
          const parted = records.filter(({ apart }) => apart[precision] > 0);
          const equal = records.filter(({ first }) => first[precision] === 0);
          const range = (steps: readonly number[]) => `${Math.min(...steps)} to ${Math.max(...steps)}`;
          const measured = range(parted.map(({ apart }) => apart[precision]));
          const predicted = range(parted.map((record) => record.predicted[precision]));
          return `${precision}: of ${records.length} widths, ${parted.length} have units that differ by 0.01, at steps ${measured} (predicted: ${predicted}), and ${equal.length} have units that never differ.`;
        })
        .join(' '),
    spec: ({ records, layout }) => {
      const parted = precisions.flatMap((precision) =>
        records
          .filter((r) => r.apart[precision] > 0)
          .map((r) => ({
            width: r.width,
            precision,
            measured: r.apart[precision],
            predicted: r.predicted[precision],
          })),
      );
      // Runs whose units never differ, along the bottom, one row for each precision.
      const equal = precisions.flatMap((precision, row) =>
        records
          .filter((r) => r.first[precision] === 0)
          .map((r) => ({ width: r.width, precision, row: 60 + 120 * row })),
      );
      const color = {
        field: 'precision',
        type: 'nominal' as const,
        title: null,
        scale: { domain: [...precisions], range: [colour('c2'), colour('c1')] },
      };
      const x = { field: 'width', type: 'quantitative' as const, title: 'Hidden units' };
      const y = { type: 'quantitative' as const, title: 'Step at which two units differ by 0.01' };
      return {
        data: { values: parted },
        height: layout.name === 'wide' ? 260 : 300,
        layer: [
          {
            mark: { type: 'tick', orient: 'horizontal', thickness: 1.6, size: layout.name === 'wide' ? 12 : 6 },
            encoding: { x, y: { ...y, field: 'predicted' }, color },
          },
          {
            mark: { type: 'point', size: 26, shape: 'circle' },
            encoding: { x, y: { ...y, field: 'measured' }, color },
          },
          {
            data: { values: equal },
            mark: { type: 'point', size: 24, shape: 'triangle-up', tooltip: null },
            encoding: { x, y: { ...y, field: 'row' }, color },
          },
        ],
      };
    },
  },
});
