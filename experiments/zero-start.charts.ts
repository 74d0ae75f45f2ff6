/** Chart: the largest weight of each matrix after each step from zero weights. */
import { colour, defineCharts, sequential, steps } from 'astro-measured/figure';
import { median } from 'astro-measured/lab';
import type experiment from './zero-start.ts';

/** Size classes, smallest first. */
const sizes = ['0', 'below 10⁻⁴', 'to 10⁻³', 'to 10⁻²', 'to 0.1', 'above 0.1'] as const;
const bounds = [0, 1e-4, 1e-3, 1e-2, 0.1] as const;
const sizeOf = (largest: number): string => sizes[bounds.findLastIndex((bound) => largest > bound) + 1]!;

const matrices = ['Θ⁽⁴⁾', 'Θ⁽³⁾', 'Θ⁽²⁾', 'Θ⁽¹⁾'] as const;

export default defineCharts<typeof experiment>({
  staircase: {
    title: 'The staircase of a zero start',
    spec: ({ records, layout }) => {
      const groups = [
        ...Map.groupBy(
          records.filter((r) => r.positives === 40),
          (r) => r.activation,
        ),
      ];
      const columns = layout.name === 'wide' ? 3 : 1;
      const data = groups.flatMap(([activation, rows]) =>
        matrices.flatMap((matrix, place) =>
          rows[0]!.weights[3 - place]!.map((_, step) => {
            const largest = median(rows.map((r) => r.weights[3 - place]![step]!));
            return { activation, matrix, step, largest, size: sizeOf(largest) };
          }),
        ),
      );
      return {
        data: { values: data },
        facet: { field: 'activation', type: 'nominal', sort: ['logistic', 'tanh', 'ReLU'], title: null },
        columns,
        spec: {
          width: Math.floor((layout.width - (columns === 3 ? 150 : 40)) / columns),
          height: 4 * 26,
          encoding: {
            x: { field: 'step', type: 'ordinal', title: 'Steps taken', axis: { labelAngle: 0 } },
            y: { field: 'matrix', type: 'ordinal', sort: [...matrices], title: null },
          },
          layer: [
            {
              mark: { type: 'rect', stroke: colour('rule'), strokeWidth: 0.6 },
              encoding: {
                color: {
                  field: 'size',
                  type: 'ordinal',
                  title: 'Largest weight',
                  scale: { domain: [...sizes], range: [colour('paper'), ...steps(sequential, 6).slice(1)] },
                  legend: { columns: layout.name === 'wide' ? 6 : 3 },
                },
              },
            },
            {
              transform: [{ filter: 'datum.largest === 0' }],
              mark: { type: 'text', text: '0', fontSize: 11, color: colour('ink-soft') },
            },
          ],
        },
      };
    },
    describe: ({ measures }) =>
      `With logistic units Θ⁽⁴⁾ first moves at step ${measures.firstMoved.Theta4}, Θ⁽³⁾ at step ${measures.firstMoved.Theta3}, Θ⁽²⁾ at step ${measures.firstMoved.Theta2} and Θ⁽¹⁾ at step ${measures.firstMoved.Theta1}. With tanh and ReLU units all weights stay 0.`,
  },
});
