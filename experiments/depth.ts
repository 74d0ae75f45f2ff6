/** Signal and gradient through twenty weight matrices between layers of a hundred units, for each initialisation rule. */

import {
  type Activation,
  backward,
  createRandom,
  fixedPoint,
  forward,
  glorotUniform,
  heUniform,
  type Initializer,
  initialise,
  inverseSqrt,
  lecunUniform,
  linearSquaredError,
  logistic,
  type Matrix,
  matrix,
  moments,
  network,
  relu,
  tanh,
  uniform,
} from 'astro-measured/engine';
import { defineExperiment, type Interval, meanInterval } from 'astro-measured/lab';
import { z } from 'zod';

const WIDTH = 100;
const DEPTH = 20;
const EXAMPLES = 4;

type Scheme = {
  activation: Activation;
  weights: Initializer;
  nVar: number;
  /** Biases are zero unless they are drawn, with this variance. */
  bias?: Initializer;
  biasVar?: number;
};

/** Activation, initialiser and n·Var Θ of each scheme; all weights uniform, so that only their variance differs. */
const schemes: Record<string, Scheme> = {
  'tanh, ±1/√n': { activation: tanh, weights: inverseSqrt, nVar: 1 / 3 },
  'tanh, nn.Linear': {
    activation: tanh,
    weights: inverseSqrt,
    nVar: 1 / 3,
    // PyTorch draws the biases from the same interval as the weights.
    bias: uniform(1 / Math.sqrt(WIDTH)),
    biasVar: 1 / (3 * WIDTH),
  },
  'tanh, LeCun': { activation: tanh, weights: lecunUniform, nVar: 1 },
  'tanh, gain 5/3': { activation: tanh, weights: uniform((5 / 3) * Math.sqrt(3 / WIDTH)), nVar: 25 / 9 },
  'logistic, ±1/√n': { activation: logistic(), weights: inverseSqrt, nVar: 1 / 3 },
  'ReLU, He': { activation: relu, weights: heUniform, nVar: 2 },
  'ReLU, Glorot': { activation: relu, weights: glorotUniform, nVar: 1 },
  'ReLU, ±1/√n': { activation: relu, weights: inverseSqrt, nVar: 1 / 3 },
};

const names = {
  tanhRule: 'tanh, ±1/√n',
  tanhLinear: 'tanh, nn.Linear',
  tanhLecun: 'tanh, LeCun',
  tanhFiveThirds: 'tanh, gain 5/3',
  logisticRule: 'logistic, ±1/√n',
  reluHe: 'ReLU, He',
  reluGlorot: 'ReLU, Glorot',
  reluRule: 'ReLU, ±1/√n',
} as const;

type Curves = { signal: number[]; delta: number[]; gradient: number[] };

/** The two recursions of the article for infinite width, at depths 1 … DEPTH; the error at the top has mean square 1. */
function predict(scheme: string): Curves {
  const { activation, nVar, biasVar = 0 } = schemes[scheme]!;
  const signal = [nVar + biasVar];
  while (signal.length < DEPTH) signal.push(nVar * moments(activation, signal.at(-1)!).second + biasVar);
  const delta = [1];
  for (let k = DEPTH - 1; k >= 1; k--) {
    delta.unshift(nVar * moments(activation, signal[k - 1]!).derivativeSecond * delta[0]!);
  }
  const gradient = delta.map((d, k) => d * (k === 0 ? 1 : moments(activation, signal[k - 1]!).second));
  return { signal, delta, gradient };
}

/** The value of a function for every scheme, by the scheme's short name. */
const byScheme = <T>(of: (scheme: string) => T) =>
  Object.fromEntries(Object.entries(names).map(([name, scheme]) => [name, of(scheme)])) as Record<
    keyof typeof names,
    T
  >;

const interval = <R extends { readonly scheme: string }>(
  records: readonly R[],
  scheme: string,
  of: (record: R) => number,
): Interval => meanInterval(records.filter((r) => r.scheme === scheme).map(of), 0.99);

/** Of the means over seeds at each depth, the largest over the smallest. */
function range<R extends { readonly scheme: string }>(
  records: readonly R[],
  scheme: string,
  of: (record: R) => readonly number[],
): number {
  const runs = records.filter((r) => r.scheme === scheme).map(of);
  const means = runs[0]!.map((_, k) => runs.reduce((sum, run) => sum + run[k]!, 0) / runs.length);
  return Math.max(...means) / Math.min(...means);
}

const meanSquare = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0) / values.length;

/** Variance over the examples (rows), averaged over the units (columns). */
function varianceOverExamples({ rows, cols, data }: Matrix): number {
  let total = 0;
  for (let unit = 0; unit < cols; unit++) {
    const values = Array.from({ length: rows }, (_, e) => data[e * cols + unit]!);
    const mean = values.reduce((sum, v) => sum + v, 0) / rows;
    total += values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (rows - 1);
  }
  return total / cols;
}

/** Mean over examples of the mean square of the gradient that one example alone gives Θ^(l), an outer product. */
function gradientSquare(delta: Matrix, a: Matrix): number {
  let total = 0;
  for (let e = 0; e < a.rows; e++) {
    const row = ({ cols, data }: Matrix) => data.subarray(e * cols, (e + 1) * cols);
    total += meanSquare(row(delta)) * meanSquare(row(a));
  }
  return total / a.rows;
}

export default defineExperiment({
  question: 'How do signal, error and gradient change from layer to layer, and do the recursions predict it?',
  params: { scheme: Object.values(names) },
  seeds: 50,
  seedsPerTask: 25,
  record: z.object({
    /** Mean of z² at depth k = 1 … 20 (after k weight matrices). */
    signal: z.array(z.number()),
    /** Variance of z over the examples, averaged over units. */
    spread: z.array(z.number()),
    /** Mean of δ² at depth k. */
    delta: z.array(z.number()),
    /** Mean square of the entries of one example's ∂J/∂Θ, for the k-th weight matrix. */
    gradient: z.array(z.number()),
  }),
  run({ scheme }, { seed }) {
    const { activation, weights, bias } = schemes[scheme]!;
    // Each scheme has random draws of its own: results from shared draws would not be independent.
    const random = createRandom(seed).split(scheme);
    const units = new Array<number>(DEPTH + 1).fill(WIDTH);
    const net = network({ units, activation, output: linearSquaredError });
    const parameters = initialise(net, { weights, ...(bias && { bias }) }, random.split('weights'));
    const gaussian = (source: ReturnType<typeof createRandom>) =>
      matrix(
        EXAMPLES,
        WIDTH,
        Array.from({ length: EXAMPLES * WIDTH }, () => source.normal()),
      );
    const X = gaussian(random.split('inputs'));
    const { z: Z, a } = forward(net, parameters, X);
    // Targets such that δ^(L) = a^(L) − y is a standard normal error, whatever the scheme.
    const error = gaussian(random.split('error'));
    const Y = matrix(
      EXAMPLES,
      WIDTH,
      a[DEPTH + 1]!.data.map((value, i) => value - error.data[i]!),
    );
    const { delta } = backward(net, parameters, X, Y);
    const depths = Array.from({ length: DEPTH }, (_, i) => i + 1);
    return {
      signal: depths.map((k) => meanSquare(Z[k + 1]!.data)),
      spread: depths.map((k) => varianceOverExamples(Z[k + 1]!)),
      delta: depths.map((k) => meanSquare(delta[k + 1]!.data)),
      gradient: depths.map((k) => gradientSquare(delta[k + 1]!, a[k]!)),
    };
  },
  measures: {
    /** The recursions' curves, for the charts. */
    predicted: () => byScheme(predict),
    /** Mean square of z after the last weight matrix: measured, and as the recursion has it. */
    signal20: ({ records }) => byScheme((scheme) => interval(records, scheme, (r) => r.signal.at(-1)!)),
    /** The part of it that varies between inputs. */
    spread20: ({ records }) => byScheme((scheme) => interval(records, scheme, (r) => r.spread.at(-1)!)),
    predicted20: () => byScheme((scheme) => predict(scheme).signal.at(-1)!),
    /** Mean square of δ below the second weight matrix. */
    delta1: ({ records }) => byScheme((scheme) => interval(records, scheme, (r) => r.delta[0]!)),
    predictedDelta1: () => byScheme((scheme) => predict(scheme).delta[0]!),
    /** Mean square of the gradient's entries at the first and the last weight matrix. */
    gradient1: ({ records }) => byScheme((scheme) => interval(records, scheme, (r) => r.gradient[0]!)),
    gradient20: ({ records }) => byScheme((scheme) => interval(records, scheme, (r) => r.gradient.at(-1)!)),
    /** Largest over smallest of the twenty means, by layer. */
    gradientRange: ({ records }) => byScheme((scheme) => range(records, scheme, (r) => r.gradient)),
    signalRange: ({ records }) => byScheme((scheme) => range(records, scheme, (r) => r.signal)),
    /** 1/χ₁ at the fixed point of the logistic network: the recursion's value for `spreadFactor`. */
    predictedSpreadFactor: () => {
      const { q } = fixedPoint(logistic(), { weightVariance: 1 / 3, biasVariance: 0 });
      return 3 / moments(logistic(), q).derivativeSecond;
    },
    /** By how much the variance over examples falls from one layer to the next, layers 2 to 6, geometric mean. */
    spreadFactor: ({ records }) =>
      byScheme((scheme) => {
        const factors = records
          .filter((r) => r.scheme === scheme)
          .map((r) => Math.log(r.spread[1]! / r.spread[5]!) / 4);
        return Math.exp(factors.reduce((sum, factor) => sum + factor, 0) / factors.length);
      }),
  },
});
