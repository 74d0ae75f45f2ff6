/**
 * Symmetry breaking by rounding: mathematically equal units, in a library whose sums round differently for each unit.
 * The runs in NumPy are data (from rounding.csv.py); the prediction of the growth law is computed here.
 */

import { gradientDescent, linearSquaredError, type Matrix, matrix, network, tanh, train } from 'astro-measured/engine';
import { defineExperiment, median } from 'astro-measured/lab';
import { z } from 'zod';

const INPUTS = 20;
const EXAMPLES = 64;
const STEPS = 3000;
const RATE = 0.1;
/** Units further apart than this are counted as different. */
const APART = 0.01;

/** The task of rounding.csv.py: inputs by Lehmer's generator; the target is whether the sums of a row's halves agree in sign. */
function task(): { X: Matrix; Y: Matrix } {
  let state = 2026;
  const X = matrix(
    EXAMPLES,
    INPUTS,
    Array.from({ length: EXAMPLES * INPUTS }, () => {
      state = (state * 16807) % 2147483647;
      return (2 * state) / 2147483647 - 1;
    }),
  );
  const sum = (e: number, from: number, to: number) =>
    X.data.subarray(e * INPUTS + from, e * INPUTS + to).reduce((total, x) => total + x, 0);
  const Y = Array.from({ length: EXAMPLES }, (_, e) => Math.sign(sum(e, 0, INPUTS / 2) * sum(e, INPUTS / 2, INPUTS)));
  return { X, Y: matrix(EXAMPLES, 1, Y) };
}

/** Weights of a hidden unit and the one out of it: the coordinates of a difference between units. */
const SIZE = INPUTS + 1;

/** The sum of the products of x and y, `n` numbers, in y from `from` on. */
function dot(x: Float64Array, y: Float64Array, n: number, from = 0): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i]! * y[from + i]!;
  return sum;
}

/**
 * The Hessian for a difference between the units, which all have the weights w and v, SIZE × SIZE: [[A, B], [Bᵀ, 0]] with
 * A = E[vδ g″ x xᵀ], B = E[g′ δ x]; for tanh, g″ = −2 g g′.
 */
function hessian(w: Float64Array, v: number, { X, Y }: ReturnType<typeof task>, width: number): Float64Array {
  const H = new Float64Array(SIZE * SIZE);
  for (let e = 0; e < EXAMPLES; e++) {
    const x = X.data.subarray(e * INPUTS, (e + 1) * INPUTS);
    const g = tanh.g(dot(w, x, INPUTS));
    const delta = width * v * g - Y.data[e]!;
    const slope = 1 - g * g;
    const curved = (v * delta * -2 * g * slope) / EXAMPLES;
    const bent = (slope * delta) / EXAMPLES;
    for (let i = 0; i < INPUTS; i++) {
      for (let j = 0; j <= i; j++) H[i * SIZE + j]! += curved * x[i]! * x[j]!;
      H[INPUTS * SIZE + i]! += bent * x[i]!;
    }
  }
  // H is symmetric: the part above the diagonal mirrors the one below.
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < i; j++) H[j * SIZE + i] = H[i * SIZE + j]!;
  return H;
}

/** (I − ηH) u, a step of gradient descent on a difference between the units. */
const advance = (u: Float64Array, H: Float64Array): Float64Array =>
  u.map((value, i) => value - RATE * dot(u, H, SIZE, i * SIZE));

/**
 * The log growth factor of a small difference between the units up to a step of the path of equal units: root mean square
 * over the directions of the difference. Steps are computed as far as they are asked for.
 */
function growthOfDifferences(width: number): (step: number) => number {
  const data = task();
  const net = network({ units: [INPUTS, width, 1], activation: tanh, output: linearSquaredError, bias: false });
  const start = {
    Theta: [
      matrix(0, 0),
      matrix(width, INPUTS, new Array<number>(width * INPUTS).fill(0.5)),
      matrix(1, width, new Array<number>(width).fill(0.5)),
    ],
    b: [new Float64Array(0), new Float64Array(width), new Float64Array(1)],
  };
  const { snapshots } = train(net, start, data, {
    optimizer: gradientDescent({ rate: RATE }),
    steps: STEPS,
    record: { every: 1 },
  });
  let directions: readonly Float64Array[] = Array.from({ length: SIZE }, (_, i) =>
    new Float64Array(SIZE).fill(1, i, i + 1),
  );
  const grown: number[] = [];
  return (step) => {
    while (grown.length <= step) {
      const { Theta } = snapshots[grown.length]!.parameters;
      grown.push(Math.log(Math.sqrt(directions.reduce((sum, u) => sum + dot(u, u, SIZE), 0) / SIZE)));
      const H = hessian(Theta[1]!.data.subarray(0, INPUTS), Theta[2]!.data[0]!, data, width);
      directions = directions.map((u) => advance(u, H));
    }
    return grown[step]!;
  };
}

export default defineExperiment({
  question: 'When does rounding part hidden units that are equal in mathematics?',
  params: { width: Array.from({ length: 39 }, (_, i) => i + 2) },
  data: { runs: 'experiments/data/rounding.csv', machine: 'experiments/data/rounding-machine.csv' },
  record: z.object({
    /** Of the runs in NumPy, by precision: the first step with a difference, the first beyond .01 (0: none), the last difference. */
    first: z.object({ float32: z.int(), float64: z.int() }),
    apart: z.object({ float32: z.int(), float64: z.int() }),
    end: z.object({ float32: z.number(), float64: z.number() }),
    /** The step at which, by the growth law, the first difference exceeds .01; 0 if it does not or there is none. */
    predicted: z.object({ float32: z.int(), float64: z.int() }),
    /** The difference by step, of the runs that are shown. */
    curve: z.array(z.object({ precision: z.string(), step: z.number(), spread: z.number(), predicted: z.number() })),
  }),
  run({ width }, { data }) {
    const grown = growthOfDifferences(width);
    const of = (precision: 'float32' | 'float64') => {
      const rows = data.runs.rows
        .filter((row) => row.precision === precision && row.width === width)
        .map(({ first, apart, step, spread }) => ({
          first: Number(first),
          apart: Number(apart),
          step: Number(step),
          spread: Number(spread),
        }));
      const { first, apart } = rows[0]!;
      const origin = rows.find(({ step }) => step === first);
      const at = (step: number) => (origin === undefined ? 0 : origin.spread * Math.exp(grown(step) - grown(first)));
      let predicted = origin === undefined ? STEPS + 1 : first;
      while (predicted <= STEPS && !(at(predicted) > APART)) predicted++;
      if (predicted > STEPS) predicted = 0;
      const curve = () => rows.map(({ step, spread }) => ({ precision, step, spread, predicted: at(step) }));
      return { first, apart, end: rows.at(-1)!.spread, predicted, curve };
    };
    const [single, double] = [of('float32'), of('float64')];
    const both = <K extends 'first' | 'apart' | 'end' | 'predicted'>(key: K) => ({
      float32: single[key],
      float64: double[key],
    });
    return {
      first: both('first'),
      apart: both('apart'),
      end: both('end'),
      predicted: both('predicted'),
      curve: [2, 8, 13, 21].includes(width) ? [...single.curve(), ...double.curve()] : [],
    };
  },
  measures: {
    widths: ({ records }) => records.length,
    /** How many widths stay equal to the last bit, and how many end more than .01 apart. */
    equal: ({ records }) => ({
      float32: records.filter((r) => r.first.float32 === 0).length,
      float64: records.filter((r) => r.first.float64 === 0).length,
    }),
    apart: ({ records }) => ({
      float32: records.filter((r) => r.apart.float32 > 0).length,
      float64: records.filter((r) => r.apart.float64 > 0).length,
    }),
    largest: ({ records }) => ({
      float32: Math.max(...records.map((r) => r.end.float32)),
      float64: Math.max(...records.map((r) => r.end.float64)),
    }),
    /** The final difference between thirteen units in single precision. */
    thirteen: ({ records }) => records.find((r) => r.width === 13)!.end.float32,
    /** Predicted step over measured step, of the runs that come apart: the median and both ends. */
    ratio: ({ records }) => {
      const ratios = (['float32', 'float64'] as const).flatMap((precision) =>
        records.filter((r) => r.apart[precision] > 0).map((r) => r.predicted[precision] / r.apart[precision]),
      );
      return { median: median(ratios), all: ratios, runs: ratios.length };
    },
  },
});
