/** Charts: mean squares of signal, error and gradient by depth, measured and predicted. */
import { defineCharts, type Layout, lines, rule } from 'astro-measured/figure';
import type { MeasuresOf, RecordsOf } from 'astro-measured/lab';
import type experiment from './depth.ts';

type Input = { records: RecordsOf<typeof experiment>; measures: MeasuresOf<typeof experiment>; layout: Layout };

/** Scheme, panel and rule of each line. Between layers of equal size, LeCun's and Glorot's variances are both 1/n. */
const places = {
  tanhRule: ['tanh, ±1/√n', 'tanh', '±1/√n'],
  tanhLinear: ['tanh, nn.Linear', 'tanh', '±1/√n, biases too'],
  tanhLecun: ['tanh, LeCun', 'tanh', '1/n (LeCun, Glorot)'],
  tanhFiveThirds: ['tanh, gain 5/3', 'tanh', 'gain 5/3'],
  reluRule: ['ReLU, ±1/√n', 'ReLU', '±1/√n'],
  reluGlorot: ['ReLU, Glorot', 'ReLU', '1/n (LeCun, Glorot)'],
  reluHe: ['ReLU, He', 'ReLU', '2/n (He)'],
  logisticRule: ['logistic, ±1/√n', 'logistic', '±1/√n'],
} as const;

type Quantity = 'signal' | 'spread' | 'delta' | 'gradient';

/** The quantity of each frame, in the order of the argument. */
const quantities: readonly { readonly what: Quantity; readonly label: string }[] = [
  { what: 'signal', label: 'signal: mean square of z' },
  { what: 'spread', label: 'what tells inputs apart: variance of z over inputs' },
  { what: 'delta', label: 'error: mean square of δ' },
  { what: 'gradient', label: 'gradient: mean square of ∂J/∂Θ' },
];

/** The lower end of the y axis of all frames; smaller values are not drawn. */
const FLOOR = 1e-20;

/** The mean over seeds with a band of ± two standard errors, and the prediction of the recursions. */
function rows({ records, measures }: Input, what: Quantity) {
  return Object.entries(places).flatMap(([name, [scheme, panel, rule]]) => {
    const runs = records.filter((r) => r.scheme === scheme);
    return runs[0]![what].map((_, k) => {
      const values = runs.map((r) => r[what][k]!);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
      const error = 2 * Math.sqrt(variance / values.length);
      // The article has no recursion for the spread.
      const predicted = what === 'spread' ? mean : measures.predicted[name as keyof typeof places][what][k]!;
      return { depth: k + 1, value: mean, low: mean - error, high: mean + error, predicted, panel, rule };
    });
  });
}

const depthAxis = { field: 'depth', title: 'Depth k', domain: [1, 20], values: [1, 5, 10, 15, 20] } as const;

export default defineCharts<typeof experiment>({
  levels: {
    title: 'Up and down twenty matrices',
    frames: () => quantities.map(({ label }, value) => ({ label, value })),
    spec: ({ frame, ...input }) =>
      lines({
        layout: input.layout,
        data: rows(input, quantities[frame.value]!.what).filter(({ value, low }) => Math.min(value, low) > FLOOR),
        x: depthAxis,
        y: { field: 'value', title: 'Mean square', scale: 'log', domain: [FLOOR, 100] },
        series: 'rule',
        band: ['low', 'high'],
        predicted: 'predicted',
        facet: { field: 'panel' },
      }),
  },
  ratio: {
    title: 'Measured over predicted',
    frames: () =>
      quantities.flatMap(({ what, label }, value) =>
        what === 'spread' ? [] : [{ label: label.split(':')[0]!, value }],
      ),
    spec: ({ frame, ...input }) =>
      lines({
        layout: input.layout,
        data: rows(input, quantities[frame.value]!.what).map(({ value, low, high, predicted, ...place }) => ({
          ...place,
          ratio: value / predicted,
          low: Math.max(0, low / predicted),
          high: Math.min(2, high / predicted),
        })),
        x: depthAxis,
        y: { field: 'ratio', title: 'Measured ÷ predicted', domain: [0, 2] },
        series: 'rule',
        band: ['low', 'high'],
        facet: { field: 'panel' },
        layers: rule({ y: 1 }),
      }),
  },
});
