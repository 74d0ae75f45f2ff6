/** Weights within ±1/√n: z has variance 1/3 for every n, if the inputs' mean square is 1. */

import {
  createRandom,
  forward,
  identity,
  initialise,
  inverseSqrt,
  linearSquaredError,
  logistic,
  matrix,
  network,
  type Random,
} from 'astro-measured/engine';
import { defineExperiment, meanInterval } from 'astro-measured/lab';
import { z } from 'zod';

const UNITS = 8;
const EXAMPLES = 32;

/** The inputs of one example. Each kind but the shifted has mean square 1; in the last, all inputs depend on each other. */
const inputs = {
  'mean 0, variance 1': (n: number, random: Random) => Array.from({ length: n }, () => random.normal()),
  'mean 5, variance 4': (n: number, random: Random) => Array.from({ length: n }, () => random.normal(5, 2)),
  'all equal': (n: number, random: Random) => new Array<number>(n).fill(random.normal()),
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export default defineExperiment({
  question: 'Is the variance of the first pre-activation one third, for every fan-in and every kind of input?',
  params: { x: ['mean 0, variance 1', 'mean 5, variance 4', 'all equal'], n: [4, 16, 64, 256] },
  seeds: 800,
  seedsPerTask: 200,
  record: z.object({
    /** Mean of z² over units and examples. */
    square: z.number(),
    /** Mean over units of the variance of z over examples. */
    within: z.number(),
    /** Mean over units of the squared mean of z over examples. */
    between: z.number(),
    /** |w|² of the first unit: its own variance when the inputs are uncorrelated. */
    norm: z.number(),
    /** Mean of σ′(z) over units and examples. */
    slope: z.number(),
    /** Share of |z| above 4. */
    beyond4: z.number(),
  }),
  run({ x, n }, { seed }) {
    const random = createRandom(seed);
    const net = network({ units: [n, UNITS], activation: identity, output: linearSquaredError });
    const parameters = initialise(net, { weights: inverseSqrt }, random.split('weights'));
    const source = random.split('inputs');
    const X = matrix(
      EXAMPLES,
      n,
      Array.from({ length: EXAMPLES }, () => inputs[x](n, source)),
    );
    const Z = forward(net, parameters, X).z[2]!.data;
    const ofUnit = (i: number) => Array.from({ length: EXAMPLES }, (_, e) => Z[e * UNITS + i]!);
    const units = Array.from({ length: UNITS }, (_, i) => ofUnit(i));
    const all = units.flat();
    const between = mean(units.map((unit) => mean(unit) ** 2));
    const square = mean(all.map((value) => value ** 2));
    const { derivative } = logistic();
    return {
      square,
      within: square - between,
      between,
      norm: parameters.Theta[1]!.data.subarray(0, n).reduce((sum, w) => sum + w * w, 0),
      slope: mean(all.map((value) => derivative(value))),
      beyond4: mean(all.map((value) => (Math.abs(value) > 4 ? 1 : 0))),
    };
  },
  measures: {
    /** Joint intervals: with 95 % probability all twelve cover at once (Bonferroni). */
    variance: ({ records }) => {
      const of = (x: string, n: number) =>
        meanInterval(
          records.filter((r) => r.x === x && r.n === n).map((r) => r.square),
          1 - 0.05 / 12,
        );
      const over = (x: string) => ({ n4: of(x, 4), n16: of(x, 16), n64: of(x, 64), n256: of(x, 256) });
      return { standard: over('mean 0, variance 1'), shifted: over('mean 5, variance 4'), equal: over('all equal') };
    },
    /**
     * The variance of z with shifted inputs, split into a constant part of each unit, 25/3, and the part that varies between
     * examples, 4/3. Estimated without bias (over m − 1), one value a seed, since the fan-ins share their seeds.
     */
    shifted: ({ records }) => {
      const shifted = records.filter((r) => r.x === 'mean 5, variance 4');
      const seeds = [...new Set(shifted.map((r) => r.seed))];
      const perSeed = (of: (r: (typeof shifted)[number]) => number) =>
        meanInterval(seeds.map((seed) => mean(shifted.filter((r) => r.seed === seed).map(of))));
      const within = (r: (typeof shifted)[number]) => (r.within * EXAMPLES) / (EXAMPLES - 1);
      return { between: perSeed((r) => r.between - within(r) / EXAMPLES), within: perSeed(within) };
    },
    /** Relative standard deviation of one unit's own variance |w|², and √(4/5n). */
    spread: ({ records }) => {
      const of = (n: number) => {
        const norms = records.filter((r) => r.x === 'mean 0, variance 1' && r.n === n).map((r) => r.norm);
        const average = mean(norms);
        return Math.sqrt(mean(norms.map((norm) => (norm - average) ** 2))) / average;
      };
      return { n4: of(4), n256: of(256), predicted4: Math.sqrt(4 / 20), predicted256: Math.sqrt(4 / 1280) };
    },
    /** Mean slope σ′(z) of a logistic unit at n = 256. */
    slope: ({ records }) =>
      meanInterval(records.filter((r) => r.x === 'mean 0, variance 1' && r.n === 256).map((r) => r.slope)),
    /** The same for the shifted inputs, and the share of |z| > 4. */
    saturated: ({ records }) => {
      const shifted = records.filter((r) => r.x === 'mean 5, variance 4' && r.n === 256);
      const standard = records.filter((r) => r.x === 'mean 0, variance 1');
      return {
        slope: meanInterval(shifted.map((r) => r.slope)),
        beyond4: mean(shifted.map((r) => r.beyond4)),
        standardBeyond4: mean(standard.map((r) => r.beyond4)),
      };
    },
  },
});
