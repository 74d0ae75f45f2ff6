/** Which training rules keep identical units identical, and which break the symmetry: one hypothesis of the theorem at a time. */

import {
  adam,
  adamW,
  constant,
  createRandom,
  type Data,
  gradientDescent,
  initialise,
  logisticCrossEntropy,
  type Matrix,
  momentum,
  type Network,
  nesterov,
  network,
  normal,
  type Optimizer,
  type Parameters,
  type Random,
  rmsProp,
  singularValues,
  softmaxCrossEntropy,
  takeRows,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment, median } from 'astro-measured/lab';
import { z } from 'zod';
import { linearClasses } from './shared/classes.ts';
import { mapParameters, reverseColumns, withUnit } from './shared/one-hidden-layer.ts';
import { unitSpread } from './shared/spread.ts';

const STEPS = 200;
const BATCH = 16;
const EXAMPLES = 64;
const INPUTS = 5;
const UNITS = 8;
const RATE = 0.1;
const plain = gradientDescent({ rate: RATE });

/** Training rules that commute with exchanging units. */
const kept: Readonly<Record<string, Optimizer>> = {
  'shuffled data': plain,
  momentum: momentum({ rate: 0.03, mu: 0.9 }),
  Nesterov: nesterov({ rate: 0.03, mu: 0.9 }),
  RMSProp: rmsProp({ rate: 0.01 }),
  Adam: adam({ rate: 0.01 }),
  AdamW: adamW({ rate: 0.01, decay: 0.01 }),
  'L2 penalty': gradientDescent({ rate: RATE, l2: 0.01 }),
  'norm clipping': gradientDescent({ rate: RATE, clipNorm: 0.1 }),
  'rate schedule': gradientDescent({ rate: RATE, schedule: (step) => 1 / (1 + 0.01 * step) }),
};

/** One step of gradient descent in which unit 0 is treated differently; `step` is a plain step from given parameters and data. */
type Treatment = (input: {
  before: Parameters;
  batch: Data;
  step: (from: Parameters, batch: Data, rate?: number) => Parameters;
  random: Random;
}) => Parameters;

const treatments: Readonly<Record<string, Treatment>> = {
  // Noise of sd 10⁻³ in each number of unit 0.
  'noise per unit': ({ before, batch, step, random }) => {
    const after = step(before, batch);
    return withUnit(
      after,
      0,
      mapParameters(after, (x) => x + random.normal(0, 1e-3)),
    );
  },
  // Unit 0 learns one per cent faster.
  'rate per unit': ({ before, batch, step }) => withUnit(step(before, batch), 0, step(before, batch, 1.01 * RATE)),
  // One of unit 0's incoming weights is held at zero.
  'pruned weight': ({ before, batch, step }) => {
    const after = step(before, batch);
    const Theta1 = after.Theta[1]!;
    return { ...after, Theta: after.Theta.with(1, { ...Theta1, data: Theta1.data.with(0, 0) }) };
  },
  // Unit 0 adds its inputs from the last to the first; in exact arithmetic this changes nothing.
  'order of summation': ({ before, batch, step }) => {
    const reversed = (p: Parameters): Parameters => ({ ...p, Theta: p.Theta.with(1, reverseColumns(p.Theta[1]!)) });
    const backwards = step(reversed(before), { ...batch, X: reverseColumns(batch.X) });
    return withUnit(step(before, batch), 0, reversed(backwards));
  },
};

/** Trains by steps of `treat`, on batches drawn as `train` draws them, in a new order every epoch. */
function treated(net: Network, start: Parameters, { X, Y }: Data, treat: Treatment, random: Random): Parameters {
  const step = (from: Parameters, batch: Data, rate = RATE): Parameters =>
    train(net, from, batch, { optimizer: gradientDescent({ rate }), steps: 1 }).parameters;
  const order = random.split('order');
  let parameters = start;
  let queue: number[] = [];
  for (let s = 0; s < STEPS; s++) {
    if (queue.length < BATCH) queue = order.permutation(EXAMPLES);
    const chosen = queue.splice(0, BATCH);
    const batch = { X: takeRows(X, chosen), Y: takeRows(Y, chosen) };
    parameters = treat({ before: parameters, batch, step, random: random.split('treatment').split(s) });
  }
  return parameters;
}

/** Singular values of the incoming weights' differences from their mean over units, relative to the largest. */
function relativeSpan({ rows, cols, data }: Matrix): number[] {
  const mean = Array.from({ length: cols }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * cols + j]!;
    return sum / rows;
  });
  const values = [...singularValues({ rows, cols, data: data.map((x, at) => x - mean[at % cols]!) })];
  return values.map((value) => (values[0]! > 0 ? value / values[0]! : 0));
}

export default defineExperiment({
  question: 'What parts hidden units that start identical, and what does not?',
  params: {
    cause: [
      'shuffled data',
      'momentum',
      'Nesterov',
      'RMSProp',
      'Adam',
      'AdamW',
      'L2 penalty',
      'norm clipping',
      'rate schedule',
      'dropout',
      'noise per unit',
      'rate per unit',
      'pruned weight',
      'random last layer',
      'one weight off by 1e-12',
      'order of summation',
    ],
    outputs: [1, 3],
  },
  seeds: 8,
  seedsPerTask: 8,
  record: z.object({
    /** Whether the theorem covers this cause. */
    covered: z.boolean(),
    /** Largest difference between two hidden units at the end. */
    spread: z.number(),
    /** After one step: singular values of the differences between the units' incoming weights, relative to the largest. */
    span: z.array(z.number()),
  }),
  run({ cause, outputs }, { seed }) {
    const random = createRandom(seed);
    const output = outputs === 1 ? logisticCrossEntropy : softmaxCrossEntropy;
    const net = network({ units: [INPUTS, UNITS, outputs], activation: tanh, output });
    const data = linearClasses({ m: EXAMPLES, inputs: INPUTS, outputs }, random.split('data'));
    const lastLayer = cause === 'random last layer' ? normal(0.5) : constant(0.5);
    const start = initialise(net, { weights: [constant(0.5), lastLayer] }, random.split('start'));
    if (cause === 'one weight off by 1e-12') start.Theta[1]!.data[0]! += 1e-12;
    const trained = (steps: number): Parameters =>
      train(net, start, data, {
        optimizer: kept[cause] ?? plain,
        steps,
        batch: BATCH,
        order: random.split('order'),
        ...(cause === 'dropout' && { dropout: { rate: 0.2, random: random.split('masks') } }),
      }).parameters;
    const treat = treatments[cause];
    const end = treat ? treated(net, start, data, treat, random) : trained(STEPS);
    return {
      covered: cause in kept,
      spread: unitSpread(end),
      span: cause === 'random last layer' ? relativeSpan(trained(1).Theta[1]!) : [],
    };
  },
  measures: {
    steps: () => STEPS,
    kept: ({ records }) => Math.max(...records.filter((r) => r.covered).map((r) => r.spread)),
    /** The smallest median spread of any cause that the theorem does not cover, with one or three outputs. */
    broken: ({ records }) => {
      const broken = records.filter((r) => !r.covered);
      const groups = Map.groupBy(broken, (r) => `${r.cause} ${r.outputs}`);
      return Math.min(...[...groups.values()].map((rows) => median(rows.map((r) => r.spread))));
    },
    spread: ({ records }) => {
      const of = (cause: string) => median(records.filter((r) => r.cause === cause).map((r) => r.spread));
      return {
        dropout: of('dropout'),
        unitNoise: of('noise per unit'),
        unitRate: of('rate per unit'),
        pruning: of('pruned weight'),
        lastLayer: of('random last layer'),
        smallStart: of('one weight off by 1e-12'),
        summationOrder: of('order of summation'),
      };
    },
    span: ({ records }) => {
      const spans = (outputs: number, k: number) =>
        records.filter((r) => r.cause === 'random last layer' && r.outputs === outputs).map((r) => r.span[k - 1]!);
      return {
        one: Math.max(...spans(1, 2)),
        three: Math.max(...spans(3, 3)),
        second: Math.min(...spans(3, 2)),
      };
    },
  },
});
