/** One output and a positive A: units that start different become identical if their outgoing weights have the same sign. */

import { gradientDescent, matrix, momentum, train } from 'astro-measured/engine';
import { defineExperiment, downsample, linspace } from 'astro-measured/lab';
import { z } from 'zod';
import { antisymmetricHessian, fromUnits, twoUnits, unit } from './shared/plateau.ts';

const STEPS = 12000;
/** A step long after the end of the figure, to check that its last state is final. */
const LATE = 200_000;
const RATE = 0.3;
const PUSH = 0.1;

const points = linspace(-3, 3, 61);
const data = {
  X: matrix(points.length, 1, points),
  Y: matrix(
    points.length,
    1,
    points.map((x) => Math.min(1, Math.max(-1, x))),
  ),
};
const net = twoUnits(1, 1);

export default defineExperiment({
  question: 'Can training make two different units identical?',
  /** How the outgoing weight is divided: v(1 + tilt) and v(1 − tilt). Beyond 1 the two have opposite signs. */
  params: { tilt: [0, 0.4, 0.8, 1.2, 1.6] },
  record: z.object({
    A: z.number(),
    normB: z.number(),
    /** Decay a step at rate η, in the logarithm, that ln(1 − ηA) predicts for equal outgoing weights. */
    predicted: z.number(),
    /** The same, measured over the last quarter of the run. */
    measured: z.number(),
    steps: z.array(z.number()),
    /** The difference between the units' incoming weights. */
    gap: z.array(z.number()),
    at1000: z.number(),
    at3000: z.number(),
    end: z.number(),
    J: z.number(),
    /** The gap after LATE steps. */
    late: z.number(),
  }),
  run({ tilt }) {
    const symmetric = fromUnits([[0.5], [0.5]], [[0.5], [0.5]]);
    const plateau = train(net, symmetric, data, {
      optimizer: momentum({ rate: 0.1, mu: 0.9 }),
      steps: 3000,
    }).parameters;
    const { H, normB } = antisymmetricHessian(net, plateau, data.X, data.Y);
    const A = H.data[0]!;
    const [w, v] = unit(plateau, 0) as [number, number];
    const start = fromUnits([[w + PUSH], [w - PUSH]], [[v * (1 + tilt)], [v * (1 - tilt)]]);
    const run = train(net, start, data, {
      optimizer: gradientDescent({ rate: RATE }),
      steps: STEPS,
      record: { every: 100 },
    });
    const { parameters: late } = train(net, run.parameters, data, {
      optimizer: gradientDescent({ rate: RATE }),
      steps: LATE - STEPS,
    });
    const gaps = run.snapshots.map(({ parameters }) => Math.abs(unit(parameters, 0)[0]! - unit(parameters, 1)[0]!));
    const shown = downsample(gaps.length, 61);
    const last = gaps.length - 1;
    const quarter = last - STEPS / 400;
    return {
      A,
      normB,
      predicted: Math.log(1 - RATE * A),
      measured: Math.log(gaps[last]! / gaps[quarter]!) / (100 * (last - quarter)),
      steps: shown.map((i) => 100 * i),
      gap: shown.map((i) => gaps[i]!),
      at1000: gaps[10]!,
      at3000: gaps[30]!,
      end: gaps[last]!,
      J: run.J.at(-1)!,
      late: Math.abs(unit(late, 0)[0]! - unit(late, 1)[0]!),
    };
  },
  measures: {
    steps: () => STEPS,
    lateSteps: () => LATE,
    /** The largest late gap of units whose outgoing weights have opposite signs. */
    late: ({ records }) => ({ parted: Math.max(...records.filter((r) => r.tilt > 1).map((r) => r.late)) }),
    A: ({ records }) => records[0]!.A,
    normB: ({ records }) => records[0]!.normB,
    gap: ({ records }) => {
      const even = records.find((r) => r.tilt === 0)!;
      return { start: even.gap[0]!, at1000: even.at1000, at3000: even.at3000, byStep: even.gap };
    },
    rate: ({ records }) => {
      const even = records.find((r) => r.tilt === 0)!;
      return {
        predicted: even.predicted,
        measured: even.measured,
        error: Math.abs(even.measured / even.predicted - 1),
      };
    },
    /** The largest final gap of units whose outgoing weights share a sign; the smallest of the others. */
    merged: ({ records }) => Math.max(...records.filter((r) => r.tilt < 1).map((r) => r.end)),
    parted: ({ records }) => Math.min(...records.filter((r) => r.tilt > 1).map((r) => r.end)),
    J: ({ records }) => ({
      merged: Math.max(...records.filter((r) => r.tilt < 1).map((r) => r.J)),
      parted: Math.max(...records.filter((r) => r.tilt > 1).map((r) => r.J)),
    }),
  },
});
