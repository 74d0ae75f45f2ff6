/** A logistic slope β is equivalent to a learning rate β²η and weights β times as large: both runs are the same. */

import {
  adam,
  createRandom,
  glorotUniform,
  gradientDescent,
  initialise,
  logistic,
  logisticCrossEntropy,
  momentum,
  network,
  type Optimizer,
  type Output,
  type Parameters,
  train,
} from 'astro-measured/engine';
import { defineExperiment, downsample } from 'astro-measured/lab';
import { z } from 'zod';
import { linearClasses } from './shared/classes.ts';

const STEPS = 1000;
const SIZES = [4, 6, 5, 2];

/** Each optimiser for slope β, and its equivalent for slope 1 and weights β times as large. */
const optimizers: Record<string, (beta: number) => { sloped: Optimizer; plain: Optimizer }> = {
  'gradient descent': (beta) => ({
    sloped: gradientDescent({ rate: 0.1 }),
    plain: gradientDescent({ rate: beta ** 2 * 0.1 }),
  }),
  momentum: (beta) => ({
    sloped: momentum({ rate: 0.02, mu: 0.9 }),
    plain: momentum({ rate: beta ** 2 * 0.02, mu: 0.9 }),
  }),
  'L2 penalty': (beta) => ({
    sloped: gradientDescent({ rate: 0.1, l2: 0.01 }),
    plain: gradientDescent({ rate: beta ** 2 * 0.1, l2: 0.01 / beta ** 2 }),
  }),
  Adam: (beta) => ({
    sloped: adam({ rate: 0.01, epsilon: 1e-8 }),
    plain: adam({ rate: beta * 0.01, epsilon: 1e-8 / beta }),
  }),
};

/** Logistic outputs of slope β with cross-entropy: the output whose z is β times as large. */
function sloped(beta: number): Output {
  return {
    name: `logisticCrossEntropy(${beta})`,
    targets: 'probability',
    units: (f, z) =>
      logisticCrossEntropy.units(
        f,
        z.map((zk) => f.mul(f.constant(beta), zk)),
      ),
    formula(f, z, y) {
      const { a, loss, delta } = logisticCrossEntropy.formula(
        f,
        z.map((zk) => f.mul(f.constant(beta), zk)),
        y,
      );
      return { a, loss, delta: delta.map((d) => f.mul(f.constant(beta), d)) };
    },
  };
}

const scaled = ({ Theta, b }: Parameters, factor: number): Parameters => ({
  Theta: Theta.map((m) => ({ ...m, data: m.data.map((w) => factor * w) })),
  b: b.map((bias) => bias.map((w) => factor * w)),
});

const flat = ({ Theta, b }: Parameters): number[] => [
  ...Theta.flatMap((m) => [...m.data]),
  ...b.flatMap((v) => [...v]),
];

const largest = (left: readonly number[], right: readonly number[]): number =>
  Math.max(...left.map((value, i) => Math.abs(value - right[i]!)));

/** u > 0 with u tanh(u/2) = 1, by bisection: beyond βx = u, a larger slope β lowers β σ′(βx). */
function turn(): number {
  let [low, high] = [1, 2];
  while (high - low > 1e-15) {
    const u = (low + high) / 2;
    if (u * Math.tanh(u / 2) < 1) low = u;
    else high = u;
  }
  return (low + high) / 2;
}

export default defineExperiment({
  question: 'Is a logistic slope β the same as a learning rate?',
  params: { beta: [2, 3], optimizer: ['gradient descent', 'momentum', 'L2 penalty', 'Adam'] },
  seeds: 3,
  record: z.object({
    /** Largest |θ′ − βθ| over all weights and biases and all recorded steps. */
    difference: z.number(),
    /** Largest |difference of J| over all steps. */
    lossDifference: z.number(),
    /** Largest |entry| of the final difference from θ′, of the run with rate β²η on unscaled weights. */
    rateOnly: z.number(),
    step: z.array(z.int()),
    /** J of the four runs at those steps. */
    J: z.object({
      sloped: z.array(z.number()),
      plain: z.array(z.number()),
      rateOnly: z.array(z.number()),
      weightsOnly: z.array(z.number()),
    }),
  }),
  run({ beta, optimizer }, { seed }) {
    const random = createRandom(seed);
    const task = linearClasses({ m: 48, inputs: SIZES[0]!, outputs: SIZES.at(-1)! }, random.split('task'));
    const withSlope = network({ units: SIZES, activation: logistic(beta), output: sloped(beta) });
    const without = network({ units: SIZES, activation: logistic(), output: logisticCrossEntropy });
    const start = initialise(without, { weights: glorotUniform }, random.split('weights'));
    const rules = optimizers[optimizer]!(beta);
    const record = { every: 50, what: ['Theta'] as const };
    const a = train(withSlope, start, task, { optimizer: rules.sloped, steps: STEPS, record });
    const b = train(without, scaled(start, beta), task, { optimizer: rules.plain, steps: STEPS, record });
    const rateOnly = train(without, start, task, { optimizer: rules.plain, steps: STEPS });
    const weightsOnly = train(without, scaled(start, beta), task, { optimizer: rules.sloped, steps: STEPS });
    const step = downsample(STEPS + 1, 50, { scale: 'log' });
    const at = ({ J }: { J: Float64Array }) => step.map((s) => J[s]!);
    return {
      difference: Math.max(
        ...a.snapshots.map((snapshot, i) =>
          largest(flat(scaled(snapshot.parameters, beta)), flat(b.snapshots[i]!.parameters)),
        ),
      ),
      lossDifference: largest([...a.J], [...b.J]),
      rateOnly: largest(flat(rateOnly.parameters), flat(b.parameters)),
      step,
      J: { sloped: at(a), plain: at(b), rateOnly: at(rateOnly), weightsOnly: at(weightsOnly) },
    };
  },
  measures: {
    difference: ({ records }) => {
      const of = (beta: number) => Math.max(...records.filter((r) => r.beta === beta).map((r) => r.difference));
      return { two: of(2), three: of(3) };
    },
    lossDifference: ({ records }) => Math.max(...records.filter((r) => r.beta === 2).map((r) => r.lossDifference)),
    /** The smallest final distance with the larger rate alone. */
    rateOnly: ({ records }) => Math.min(...records.map((r) => r.rateOnly)),
    turn: () => turn(),
    /** β σ′(βx) at x = 0, 0.1 … 6 for three slopes. */
    slopes: () => {
      const of = (beta: number) => Array.from({ length: 61 }, (_, i) => logistic(beta).derivative(i / 10));
      return { one: of(1), two: of(2), four: of(4) };
    },
  },
});
