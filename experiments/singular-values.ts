/** Singular values of a square weight matrix Θ and of a tanh layer's Jacobian. */

import {
  createRandom,
  forward,
  glorotUniform,
  initialise,
  inverseSqrt,
  linearSquaredError,
  matrix,
  network,
  orthogonal,
  singularValues,
  tanh,
} from 'astro-measured/engine';
import { defineExperiment, type Interval, meanInterval } from 'astro-measured/lab';
import { z } from 'zod';

const WIDTH = 100;
const schemes = { '±1/√n': inverseSqrt, Glorot: glorotUniform, orthogonal: orthogonal(1) };
const names = { rule: '±1/√n', glorot: 'Glorot', orthogonal: 'orthogonal' } as const;

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;

/** The t-interval of a number for each scheme, by its short name. */
function intervals<R extends { readonly scheme: string }>(records: readonly R[], of: (record: R) => number) {
  const interval = (scheme: string): Interval => meanInterval(records.filter((r) => r.scheme === scheme).map(of));
  return { rule: interval(names.rule), glorot: interval(names.glorot), orthogonal: interval(names.orthogonal) };
}

export default defineExperiment({
  question: 'What are the singular values of a fresh layer?',
  params: { scheme: Object.values(names) },
  seeds: 12,
  seedsPerTask: 4,
  record: z.object({
    /** Singular values of Θ, largest first. */
    values: z.array(z.number()),
    mean: z.number(),
    /** Mean of the squares: n·Var Θ on average. */
    square: z.number(),
    /** Mean singular value of the fifth tanh layer's Jacobian ∂z^(7)/∂z^(6), at one input. */
    jacobian: z.number(),
  }),
  run({ scheme }, { seed }) {
    const random = createRandom(seed);
    const net = network({ units: new Array<number>(7).fill(WIDTH), activation: tanh, output: linearSquaredError });
    const parameters = initialise(net, { weights: schemes[scheme] }, random.split('weights'));
    const source = random.split('input');
    const { z: Z } = forward(
      net,
      parameters,
      matrix(
        1,
        WIDTH,
        Array.from({ length: WIDTH }, () => source.normal()),
      ),
    );
    const Theta = parameters.Theta[6]!;
    const slope = Array.from(Z[6]!.data, (value) => tanh.derivative(value));
    const Jacobian = matrix(
      WIDTH,
      WIDTH,
      Theta.data.map((w, i) => w * slope[i % WIDTH]!),
    );
    const values = singularValues(Theta);
    return {
      values: Array.from(values),
      mean: mean(values),
      square: mean(Array.from(values, (v) => v * v)),
      jacobian: mean(singularValues(Jacobian)),
    };
  },
  measures: {
    mean: ({ records }) => intervals(records, (r) => r.mean),
    jacobian: ({ records }) => intervals(records, (r) => r.jacobian),
    square: ({ records }) => intervals(records, (r) => r.square),
    /** Mean of the quarter-circle law on [0, 2s] at s² = n·Var Θ: 8s/3π. */
    predicted: () => ({ rule: 8 / (3 * Math.PI * Math.sqrt(3)), glorot: 8 / (3 * Math.PI) }),
  },
});
