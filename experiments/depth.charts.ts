import { defineCharts, type Layout, lines } from '../src/figure/index.ts';
import type { MeasuresOf, RecordsOf } from '../src/lab/define.ts';
import type experiment from './depth.ts';

type Input = { records: RecordsOf<typeof experiment>; measures: MeasuresOf<typeof experiment>; layout: Layout };

/** Panel and rule of each scheme; between layers of one size LeCun's and Glorot's variances are the same, 1/n. */
const places = {
  tanhRule: ['tanh, ±1/√n', 'tanh', '±1/√n'],
  tanhLecun: ['tanh, LeCun', 'tanh', '1/n (LeCun, Glorot)'],
  tanhFiveThirds: ['tanh, gain 5/3', 'tanh', 'gain 5/3'],
  reluRule: ['ReLU, ±1/√n', 'ReLU', '±1/√n'],
  reluGlorot: ['ReLU, Glorot', 'ReLU', '1/n (LeCun, Glorot)'],
  reluHe: ['ReLU, He', 'ReLU', '2/n (He)'],
  logisticRule: ['logistic, ±1/√n', 'logistic', '±1/√n'],
} as const;

/** Mean over seeds with its band of ± two standard errors (kept positive for the log axis), and the prediction. */
function rows({ records, measures }: Input, what: 'signal' | 'delta' | 'gradient') {
  return Object.entries(places).flatMap(([name, [scheme, panel, rule]]) => {
    const runs = records.filter((r) => r.scheme === scheme);
    return measures.predicted[name as keyof typeof places][what].map((predicted, k) => {
      const values = runs.map((r) => r[what][k]!);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
      const error = 2 * Math.sqrt(variance / values.length);
      return {
        depth: k + 1,
        value: mean,
        low: mean - error,
        high: mean + error,
        predicted,
        panel,
        rule,
      };
    });
  });
}

const chart =
  (what: 'signal' | 'delta' | 'gradient', y: string, domain?: readonly [number, number]) => (input: Input) =>
    lines({
      layout: input.layout,
      data: rows(input, what),
      x: { field: 'depth', title: 'Depth k', domain: [1, 20], values: [1, 5, 10, 15, 20] },
      y: { field: 'value', title: y, scale: 'log', ...(domain && { domain }) },
      series: 'rule',
      band: ['low', 'high'],
      predicted: 'predicted',
      facet: { field: 'panel' },
    });

export default defineCharts<typeof experiment>({
  signal: { title: 'Signal on the way up', spec: chart('signal', 'Mean square of z') },
  spread: {
    title: 'What tells one input from another',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: Object.values(places).flatMap(([scheme, panel, rule]) => {
          const runs = records.filter((r) => r.scheme === scheme);
          return runs[0]!.spread.map((_, k) => ({
            depth: k + 1,
            value: runs.reduce((sum, r) => sum + r.spread[k]!, 0) / runs.length,
            panel,
            rule,
          }));
        }),
        x: { field: 'depth', title: 'Depth k', domain: [1, 20], values: [1, 5, 10, 15, 20] },
        y: { field: 'value', title: 'Variance of z over inputs', scale: 'log' },
        series: 'rule',
        facet: { field: 'panel' },
      }),
  },
  delta: { title: 'Error on the way down', spec: chart('delta', 'Mean square of δ') },
  gradient: { title: 'Gradient of each weight matrix', spec: chart('gradient', 'Mean square of ∂J/∂Θ') },
});
