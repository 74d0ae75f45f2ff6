/**
 * Stability of the plateau of identical units, by the number of independent errors that reach the layer. One: B = 0, and
 * the plateau is stable or not by A alone. Two or more: B ≠ 0, and the plateau is a saddle.
 */

import {
  backward,
  createRandom,
  linearSquaredError,
  type Matrix,
  matrix,
  momentum,
  network,
  type Random,
  softmaxCrossEntropy,
  symmetricEigenvalues,
  tanh,
  train,
} from 'astro-measured/engine';
import { defineExperiment, linspace } from 'astro-measured/lab';
import { z } from 'zod';
import { antisymmetricHessian, fromUnits } from './shared/plateau.ts';

type Problem = { readonly X: Matrix; readonly Y: Matrix; readonly w: readonly number[]; readonly v: readonly number[] };

/** The vector of that length and angle. */
const polar = (length: number, angle: number): [number, number] => [length * Math.cos(angle), length * Math.sin(angle)];

/** The outputs of two random tanh units on the grid {−2, −1.5, …, 2}², and initial weights near their mean. */
function teachers(random: Random): { X: Matrix; answers: number[][]; w: number[] } {
  const angle = random.uniform(0, 2 * Math.PI);
  const units = [polar(random.uniform(1, 2), angle), polar(random.uniform(1, 2), angle + random.uniform(0.5, 1.2))];
  const side = linspace(-2, 2, 9);
  const points = side.flatMap((x) => side.map((y) => [x, y] as const));
  return {
    X: matrix(points.length, 2, points),
    answers: points.map(([x, y]) => units.map(([p, q]) => tanh.g(p * x + q * y))),
    w: [0, 1].map((j) => (units[0]![j]! + units[1]![j]!) / 4),
  };
}

/** Targets for linear outputs: the teachers' sum, or each of them. */
function linear(outputs: 1 | 2, random: Random): Problem {
  const { X, answers, w } = teachers(random);
  const targets = answers.map((answer) => (outputs === 1 ? [answer[0]! + answer[1]!] : answer));
  return { X, Y: matrix(X.rows, outputs, targets), w, v: new Array<number>(outputs).fill(0.5) };
}

/** Class probabilities by softmax of ± the teachers' sum, or of each teacher and their negative sum. */
function classes(count: 2 | 3, random: Random): Problem {
  const { X, answers, w } = teachers(random);
  const targets = answers.map(([first, second]) => {
    const sum = first! + second!;
    const powers = (count === 2 ? [sum, -sum] : [first!, second!, -sum]).map(Math.exp);
    const total = powers.reduce((all, power) => all + power, 0);
    return powers.map((power) => power / total);
  });
  return { X, Y: matrix(X.rows, count, targets), w, v: count === 2 ? [0.5, -0.5] : [0.3, 0.3, -0.6] };
}

/** One input; the target is a ramp of random slope, clipped at ±1. */
function ramp(random: Random): Problem {
  const points = linspace(-3, 3, 61);
  const steepness = random.uniform(0.3, 2.2);
  const targets = points.map((x) => Math.min(1, Math.max(-1, steepness * x)));
  return { X: matrix(61, 1, points), Y: matrix(61, 1, targets), w: [0.5], v: [0.5] };
}

const problems = {
  'one output': (random: Random) => linear(1, random),
  'one output, ramps': ramp,
  'two outputs': (random: Random) => linear(2, random),
  'softmax, 2 classes': (random: Random) => classes(2, random),
  'softmax, 3 classes': (random: Random) => classes(3, random),
};
type Name = keyof typeof problems;

export default defineExperiment({
  question: 'Is the plateau of identical units stable, and does the number of outputs tell?',
  params: {
    problem: ['one output', 'one output, ramps', 'softmax, 2 classes', 'two outputs', 'softmax, 3 classes'],
  },
  seeds: 16,
  seedsPerTask: 8,
  record: z.object({
    /** Largest entry of the gradient at the plateau. */
    slope: z.number(),
    normB: z.number(),
    eigenvalues: z.array(z.number()),
  }),
  run({ problem }, { seed }) {
    const { X, Y, w, v } = problems[problem](createRandom(seed));
    const output = problem.startsWith('softmax') ? softmaxCrossEntropy : linearSquaredError;
    const net = network({ units: [X.cols, 2, Y.cols], activation: tanh, output, bias: false });
    const { parameters } = train(
      net,
      fromUnits([w, w], [v, v]),
      { X, Y },
      {
        optimizer: momentum({ rate: 0.1, mu: 0.9 }),
        steps: 100_000,
      },
    );
    const { gradient } = backward(net, parameters, X, Y);
    const { H, normB } = antisymmetricHessian(net, parameters, X, Y);
    return {
      slope: Math.max(...gradient.Theta.flatMap((m) => [...m.data].map(Math.abs))),
      normB,
      eigenvalues: [...symmetricEigenvalues(H)].sort((x, y) => x - y),
    };
  },
  measures: {
    problems: ({ records }) => records.filter((r) => r.problem === 'one output').length,
    slope: ({ records }) => Math.max(...records.map((r) => r.slope)),
    /** The largest norm of B where one independent error reaches the layer, the smallest where two do. */
    normB: ({ records }) => {
      const of = (problem: Name) => records.filter((r) => r.problem === problem).map((r) => r.normB);
      return {
        one: Math.max(...of('one output'), ...of('one output, ramps')),
        softmax2: Math.max(...of('softmax, 2 classes')),
        two: Math.min(...of('two outputs')),
        softmax3: Math.min(...of('softmax, 3 classes')),
      };
    },
    /** How many plateaus have a direction in which the loss curves downward (μ_min below −10⁻⁶). */
    unstable: ({ records }) => {
      const of = (problem: Name) => records.filter((r) => r.problem === problem && r.eigenvalues[0]! < -1e-6).length;
      return {
        one: of('one output'),
        ramps: of('one output, ramps'),
        two: of('two outputs'),
        softmax2: of('softmax, 2 classes'),
        softmax3: of('softmax, 3 classes'),
      };
    },
    /** Over problems, the highest of the lowest eigenvalues. */
    highestMinimum: ({ records }) => {
      const of = (problem: Name) =>
        Math.max(...records.filter((r) => r.problem === problem).map((r) => r.eigenvalues[0]!));
      return { one: of('one output'), two: of('two outputs'), softmax3: of('softmax, 3 classes') };
    },
  },
});
