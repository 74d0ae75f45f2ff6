/** A layer of h identical units trains as one unit does with the rates η/h (incoming) and hη (outgoing). */

import {
  backward,
  cost,
  createRandom,
  forward,
  gradientDescent,
  linearSquaredError,
  matrix,
  network,
  type Parameters,
  singularValues,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment, downsample } from 'astro-measured/lab';
import { z } from 'zod';
import { descend, type Rates } from './shared/descent.ts';

const STEPS = 500;
const UNITS = 8;
const RATE = 0.05;
const EXAMPLES = 20;

/** h units with the same incoming weights w, bias and outgoing weight v. */
function identicalUnits(h: number, w: readonly number[], bias: number, v: number): Parameters {
  return {
    Theta: [
      matrix(0, 0),
      matrix(
        h,
        w.length,
        Array.from({ length: h }, () => w),
      ),
      matrix(1, h, v),
    ],
    b: [new Float64Array(0), new Float64Array(h).fill(bias), new Float64Array(1)],
  };
}

/** The parameters of the one unit that h identical ones equal: incoming weights, bias, h times the outgoing weight, output bias. */
const seenAsOne = ({ Theta, b }: Parameters, h: number): number[] => [
  ...Theta[1]!.data.subarray(0, Theta[1]!.cols),
  b[1]![0]!,
  h * Theta[2]!.data[0]!,
  b[2]![0]!,
];

const largestDifference = (x: readonly number[], y: readonly number[]): number =>
  Math.max(...x.map((value, i) => Math.abs(value - y[i]!)));

export default defineExperiment({
  question: 'Do eight identical hidden units train as one unit does?',
  seeds: 8,
  seedsPerTask: 4,
  record: z.object({
    /** Largest difference in any weight between eight units and the one with rates η/h and hη, over all steps. */
    difference: z.number(),
    /** The same for the one unit at rate η throughout. */
    unscaledDifference: z.number(),
    /** σ₂/σ₁ of the eight units' activations at the end. */
    rank: z.number(),
    steps: z.array(z.number()),
    many: z.array(z.number()),
    scaled: z.array(z.number()),
    unscaled: z.array(z.number()),
  }),
  run(_, { seed }) {
    const random = createRandom(seed);
    const net = (h: number) => network({ units: [2, h, 1], activation: tanh, output: linearSquaredError });
    const X = matrix(
      EXAMPLES,
      2,
      Array.from({ length: 2 * EXAMPLES }, () => random.normal()),
    );
    const Y = matrix(
      EXAMPLES,
      1,
      Array.from({ length: EXAMPLES }, (_, i) => Math.sin(2 * X.data[2 * i]!) - X.data[2 * i + 1]!),
    );
    const start = [[random.normal(), random.normal()], random.normal(), random.normal(0, 0.25)] as const;

    const trained = (h: number, from: Parameters): readonly Parameters[] =>
      train(
        net(h),
        from,
        { X, Y },
        { optimizer: gradientDescent({ rate: RATE }), steps: STEPS, record: { every: 1 } },
      ).snapshots.map((snapshot) => snapshot.parameters);
    const one = identicalUnits(1, start[0], start[1], UNITS * start[2]);
    const rates: Rates = (kind, l) => (l === 1 ? RATE / UNITS : kind === 'Theta' ? RATE * UNITS : RATE);
    const scaledPath = [one];
    for (let step = 0; step < STEPS; step++) {
      const current = scaledPath[step]!;
      scaledPath.push(descend(current, backward(net(1), current, X, Y).gradient, rates));
    }
    const many = { h: UNITS, path: trained(UNITS, identicalUnits(UNITS, ...start)) };
    const scaled = { h: 1, path: scaledPath };
    const unscaled = { h: 1, path: trained(1, one) };
    const difference = (single: typeof many) =>
      Math.max(...many.path.map((p, step) => largestDifference(seenAsOne(p, UNITS), seenAsOne(single.path[step]!, 1))));
    const [first, second] = singularValues(forward(net(UNITS), many.path[STEPS]!, X).a[2]!);
    const steps = downsample(STEPS + 1, 60);
    const losses = ({ h, path }: typeof many) => steps.map((step) => cost(net(h), path[step]!, X, Y));
    return {
      difference: difference(scaled),
      unscaledDifference: difference(unscaled),
      rank: second! / first!,
      steps,
      many: losses(many),
      scaled: losses(scaled),
      unscaled: losses(unscaled),
    };
  },
  measures: {
    steps: () => STEPS,
    units: () => UNITS,
    difference: ({ records }) => Math.max(...records.map((r) => r.difference)),
    unscaledDifference: ({ records }) => Math.min(...records.map((r) => r.unscaledDifference)),
    rank: ({ records }) => Math.max(...records.map((r) => r.rank)),
  },
});
