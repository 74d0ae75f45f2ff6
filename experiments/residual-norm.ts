/** Stacks of twenty and fifty tanh layers with residual connections, layer normalisation or both: what arrives at the top, what trains. */

import {
  backward,
  createRandom,
  initialise,
  logisticCrossEntropy,
  type Matrix,
  momentum,
  network,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment, median } from 'astro-measured/lab';
import { z } from 'zod';
import { halves } from './shared/halves.ts';
import { scaledBy } from './shared/scaled.ts';
import { trainedShare } from './shared/trained.ts';

const WIDTH = 16;
const STEPS = 150;
const RATE = 0.01;
/** What n·Var Θ is at the start; one third is that of ±1/√n. */
const VARIANCES = [1 / 9, 1 / 3, 1, 9];
const DEPTHS = [20, 50];
/** Hidden layers at which levels are recorded. */
const LAYERS = [1, 5, 10, 15, 20, 30, 40, 50];

const kinds = {
  plain: {},
  residual: { residual: true },
  norm: { layerNorm: true },
  both: { residual: true, layerNorm: true },
};
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

const meanSquare = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0) / values.length;

/** Variance over the examples (rows), averaged over the units (columns). */
function varianceOverExamples({ rows, cols, data }: Matrix): number {
  const means = Array.from({ length: cols }, (_, unit) =>
    Array.from({ length: rows }, (_, e) => data[e * cols + unit]!).reduce((sum, v) => sum + v / rows, 0),
  );
  return data.reduce((sum, v, at) => sum + (v - means[at % cols]!) ** 2, 0) / ((rows - 1) * cols);
}

/** The value of a function for every kind. */
const byKind = <T>(of: (kind: Kind) => T) =>
  Object.fromEntries(kindNames.map((kind) => [kind, of(kind)])) as Record<Kind, T>;

export default defineExperiment({
  question: 'What do residual connections and layer normalisation do to deep networks, at the start and in training?',
  params: { kind: kindNames, depth: DEPTHS, variance: VARIANCES },
  seeds: 20,
  seedsPerTask: 20,
  record: z.object({
    /** By recorded layer: mean square of a, its variance over the examples, and mean square of δ, before training. */
    signal: z.array(z.number()),
    spread: z.array(z.number()),
    delta: z.array(z.number()),
    /** J over all examples after training; ln 2 is chance. */
    J: z.number(),
  }),
  run({ kind, depth, variance }, { seed }) {
    const random = createRandom(seed);
    const task = halves({ m: 16, inputs: 10 }, random.split('task'));
    const units = [10, ...new Array<number>(depth).fill(WIDTH), 1];
    const net = network({ units, activation: tanh, output: logisticCrossEntropy, ...kinds[kind] });
    const start = initialise(net, { weights: scaledBy(Math.sqrt(variance)) }, random.split('weights'));
    const { delta } = backward(net, start, task.X, task.Y);
    const layers = LAYERS.filter((k) => k <= depth);
    const run = train(net, start, task, {
      optimizer: momentum({ rate: RATE, mu: 0.9 }),
      steps: STEPS,
      record: { at: [0], what: ['a'] },
    });
    const a = run.snapshots[0]!.a!;
    return {
      signal: layers.map((k) => meanSquare(a[k + 1]!.data)),
      spread: layers.map((k) => varianceOverExamples(a[k + 1]!)),
      delta: layers.map((k) => meanSquare(delta[k + 1]!.data)),
      // A run that diverges is at best at chance.
      J: run.diverged ? Math.LN2 : run.J.at(-1)!,
    };
  },
  measures: {
    runs: ({ records }) => records.filter((r) => r.kind === 'plain' && r.depth === 50 && r.variance === 1).length,
    /** Medians at the top of fifty layers that start at 1/(3n), and the factor by which δ² grows on its way down. */
    top: ({ records }) =>
      byKind((kind) => {
        const of = records.filter((r) => r.kind === kind && r.depth === 50 && r.variance === 1 / 3);
        return {
          signal: median(of.map((r) => r.signal.at(-1)!)),
          spread: median(of.map((r) => r.spread.at(-1)!)),
          deltaGrowth: median(of.map((r) => r.delta[0]! / r.delta.at(-1)!)),
        };
      }),
    /** The lowest and the highest spread at the top of fifty layers over all starts, medians of the runs. */
    spreads: ({ records }) =>
      byKind((kind) => {
        const medians = VARIANCES.map((variance) =>
          median(
            records
              .filter((r) => r.kind === kind && r.depth === 50 && r.variance === variance)
              .map((r) => r.spread.at(-1)!),
          ),
        );
        return { lowest: Math.min(...medians), highest: Math.max(...medians) };
      }),
    /** The share of runs that end below J = 0.1 and the median of J, by depth: at 1/(3n), at 1/n, and over all starts. */
    trained: ({ records }) => {
      const over = (depth: number) =>
        byKind((kind) => {
          const at = (variance: number) =>
            records.filter((r) => r.kind === kind && r.depth === depth && r.variance === variance);
          const shares = VARIANCES.map((variance) => trainedShare(at(variance)));
          const J = (variance: number) => median(at(variance).map((r) => r.J));
          return {
            rule: trainedShare(at(1 / 3)),
            lecun: trainedShare(at(1)),
            lowest: Math.min(...shares),
            highest: Math.max(...shares),
            ruleJ: J(1 / 3),
            lecunJ: J(1),
          };
        });
      return { d20: over(20), d50: over(50) };
    },
  },
});
