/** Small runs of three optimisers, with data for every kind of chart. */

import {
  adam,
  createRandom,
  forward,
  gradientDescent,
  initialise,
  inverseSqrt,
  logisticCrossEntropy,
  matrix,
  momentum,
  network,
  tanh,
  toRows,
  train,
} from 'astro-measured/engine';
import { defineExperiment, linspace, median } from 'astro-measured/lab';
import { z } from 'zod';
import { normalisedMoons } from './shared/moons.ts';

const STEPS = 60;
const EVERY = 4;
const GRID = linspace(-2.4, 2.4, 25);
const optimizers = {
  'gradient descent': gradientDescent({ rate: 0.3 }),
  momentum: momentum({ rate: 0.1, mu: 0.9 }),
  Adam: adam({ rate: 0.05 }),
};

export default defineExperiment({
  question: 'How do three optimisers begin on two moons, as every kind of chart shows it?',
  params: { optimizer: ['gradient descent', 'momentum', 'Adam'] },
  seeds: 12,
  seedsPerTask: 12,
  record: z.object({
    /** J after 0, 4, … 60 steps. */
    J: z.array(z.object({ step: z.number(), J: z.number() })),
    /** Activations of the hidden units over all points, after training. */
    hidden: z.array(z.number()),
    /** Weights after training, of seed 0. */
    weights: z.array(z.array(z.array(z.number()))),
    /** Probability of the second moon over the plane, of seed 0. */
    probability: z.array(z.array(z.number())),
  }),
  run({ optimizer }, { seed }) {
    const random = createRandom(seed);
    const task = normalisedMoons(40, random.split('moons'));
    const net = network({ units: [2, 6, 1], activation: tanh, output: logisticCrossEntropy });
    const start = initialise(net, { weights: inverseSqrt }, random.split('weights'));
    const { parameters, J } = train(net, start, task, { optimizer: optimizers[optimizer], steps: STEPS });
    const plane = matrix(
      GRID.length ** 2,
      2,
      GRID.flatMap((y) => GRID.map((x) => [x, y])),
    );
    const short = (value: number) => Number(value.toFixed(3));
    const rows = (values: readonly number[]) =>
      GRID.map((_, i) => values.slice(i * GRID.length, (i + 1) * GRID.length).map(short));
    return {
      J: [...J].map((value, step) => ({ step, J: value })).filter(({ step }) => step % EVERY === 0),
      hidden: [...forward(net, parameters, task.X).a[2]!.data].map(short),
      weights: seed === 0 ? parameters.Theta.slice(1).map(toRows) : [],
      probability: seed === 0 ? rows([...forward(net, parameters, plane).a.at(-1)!.data]) : [],
    };
  },
  measures: {
    /** Median J after the last step, by optimiser. */
    last: ({ records }) => {
      const of = (name: string) => median(records.filter((r) => r.optimizer === name).map((r) => r.J.at(-1)!.J));
      return { gradientDescent: of('gradient descent'), momentum: of('momentum'), adam: of('Adam') };
    },
    steps: () => STEPS,
    seeds: ({ records }) => new Set(records.map((r) => r.seed)).size,
  },
});
