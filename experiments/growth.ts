/** At the symmetric plateau the distance of two units grows by ln(1 − ημ_min) a step: predicted from H, then measured. */

import { backward, createRandom, gradientDescent, momentum, train } from 'astro-measured/engine';
import { defineExperiment, downsample, meanInterval } from 'astro-measured/lab';
import { z } from 'zod';
import { antisymmetricHessian, fromUnits, lowest, twoUnits, unit } from './shared/plateau.ts';
import { type Teachers, teacherData } from './shared/teachers.ts';

const TEACHERS: Teachers = [
  [1.5, 0.5],
  [0.5, 1.5],
];
/** The window in which growth is measured: above what rounding disturbs, below what third-order terms do. */
const WINDOW = { from: 1e-10, to: 1e-3 };
/** Time ηt of a run: enough for 10⁻¹² to reach the window's end. */
const TIME = { 1: 130, 2: 45 };
const SNAPSHOTS = 240;

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, xi, i) => sum + xi * y[i]!, 0);

export default defineExperiment({
  question: 'How fast do two nearly identical units part?',
  params: { outputs: [1, 2], rate: [0.05, 0.1, 0.2], push: [1e-4, 1e-8, 1e-12] },
  seeds: 4,
  seedsPerTask: 4,
  record: z.object({
    /** Largest entry of the gradient at the plateau. */
    slope: z.number(),
    plateauJ: z.number(),
    normB: z.number(),
    lowestEigenvalue: z.number(),
    /** Growth a step, in the logarithm. */
    predicted: z.number(),
    measured: z.number(),
    /** By `steps`: the distance between the units, and the part of it that is predicted to grow. */
    steps: z.array(z.number()),
    distance: z.array(z.number()),
    prediction: z.array(z.number()),
  }),
  run({ outputs, rate, push }, { seed }) {
    const net = twoUnits(2, outputs);
    const data = teacherData(TEACHERS, outputs);
    const halves = Array.from({ length: outputs }, () => 0.5);
    const symmetric = fromUnits(
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      [halves, halves],
    );
    const plateau = train(net, symmetric, data, {
      optimizer: momentum({ rate: 0.1, mu: 0.9 }),
      steps: 1500,
    }).parameters;
    const { gradient, J } = backward(net, plateau, data.X, data.Y);
    const { H, normB } = antisymmetricHessian(net, plateau, data.X, data.Y);
    const { value: lowestEigenvalue, vector } = lowest(H);
    const predicted = Math.log(1 - rate * lowestEigenvalue);

    const random = createRandom(seed);
    const direction = vector.map(() => random.normal());
    const length = Math.hypot(...direction);
    const rest = unit(plateau, 0);
    const pushed = [1, -1].map((sign) => rest.map((x, i) => x + (sign * push * direction[i]!) / length));
    const start = fromUnits(
      pushed.map((u) => u.slice(0, 2)),
      pushed.map((u) => u.slice(2)),
    );
    const every = Math.ceil(TIME[outputs] / rate / SNAPSHOTS);
    const steps = every * SNAPSHOTS;
    const { snapshots } = train(net, start, data, {
      optimizer: gradientDescent({ rate }),
      steps,
      record: { every },
    });

    const gaps = snapshots.map(({ parameters }) => {
      const [first, second] = [unit(parameters, 0), unit(parameters, 1)];
      return first.map((x, i) => (x - second[i]!) / 2);
    });
    const growing = gaps.map((gap) => Math.abs(dot(gap, vector)));
    const from = growing.findIndex((size) => size >= Math.max(WINDOW.from, growing[0]!));
    const after = growing.findIndex((size) => size > WINDOW.to);
    const to = after === -1 ? growing.length - 1 : after - 1;
    const shown = downsample(gaps.length, 61);
    return {
      slope: Math.max(...gradient.Theta.flatMap((m) => [...m.data].map(Math.abs))),
      plateauJ: J,
      normB,
      lowestEigenvalue,
      predicted,
      measured: Math.log(growing[to]! / growing[from]!) / (every * (to - from)),
      steps: shown.map((i) => every * i),
      distance: shown.map((i) => 2 * Math.hypot(...gaps[i]!)),
      prediction: shown.map((i) => 2 * growing[0]! * Math.exp(predicted * every * i)),
    };
  },
  measures: {
    predicted: ({ records }) => {
      const of = (outputs: number) => records.find((r) => r.outputs === outputs && r.rate === 0.2)!.predicted;
      return { one: of(1), two: of(2) };
    },
    measured: ({ records }) => {
      const of = (outputs: number) =>
        meanInterval(records.filter((r) => r.outputs === outputs && r.rate === 0.2).map((r) => r.measured));
      return { one: of(1), two: of(2) };
    },
    relativeError: ({ records }) => Math.max(...records.map((r) => Math.abs(r.measured / r.predicted - 1))),
    runs: ({ records }) => records.length,
    normB: ({ records }) => {
      const of = (outputs: number) => Math.max(...records.filter((r) => r.outputs === outputs).map((r) => r.normB));
      return { one: of(1), two: of(2) };
    },
    plateauJ: ({ records }) => {
      const of = (outputs: number) => records.find((r) => r.outputs === outputs)!.plateauJ;
      return { one: of(1), two: of(2) };
    },
    slope: ({ records }) => Math.max(...records.map((r) => r.slope)),
  },
});
