/** The path of two units that leave the plateau of identical units, and the loss surface around it. */

import { cost, createRandom, gradientDescent, momentum, train } from 'astro-measured/engine';
import { defineExperiment, linspace } from 'astro-measured/lab';
import { z } from 'zod';
import { antisymmetricHessian, fromUnits, lowest, twoUnits, unit } from './shared/plateau.ts';
import { type Teachers, teacherData } from './shared/teachers.ts';

const TEACHERS: Teachers = [
  [1.5, 0.5],
  [0.5, 1.5],
];
const RATE = 0.2;
const STEPS = 120;
const PUSH = 1e-4;
const REACH = 1.2;
const GRID = linspace(-REACH, REACH, 25);

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, xi, i) => sum + xi * y[i]!, 0);
const scaled = (x: readonly number[]): number[] => x.map((xi) => xi / Math.hypot(...x));

export default defineExperiment({
  question: 'Which way do two nearly identical units take off the plateau?',
  record: z.object({
    /** surface[i][j]: J minus J at the plateau, at outgoing weights ±GRID[i] and incoming weights ±GRID[j] along the steepest descent. */
    surface: z.array(z.array(z.number())),
    /** By step: half the difference of the two units in these two coordinates, and their full distance. */
    incoming: z.array(z.number()),
    outgoing: z.array(z.number()),
    distance: z.array(z.number()),
  }),
  run(_, { seed }) {
    const net = twoUnits(2, 2);
    const data = teacherData(TEACHERS, 2);
    const half = [0.5, 0.5];
    const plateau = train(net, fromUnits([half, half], [half, half]), data, {
      optimizer: momentum({ rate: 0.1, mu: 0.9 }),
      steps: 1500,
    }).parameters;
    const { vector } = lowest(antisymmetricHessian(net, plateau, data.X, data.Y).H);
    const [p, r] = [scaled(vector.slice(0, 2)), scaled(vector.slice(2))];
    const rest = unit(plateau, 0);
    const apart = (difference: readonly number[]) => {
      const units = [1, -1].map((sign) => rest.map((x, i) => x + sign * difference[i]!));
      return fromUnits(
        units.map((u) => u.slice(0, 2)),
        units.map((u) => u.slice(2)),
      );
    };
    const J = (parameters: typeof plateau) => cost(net, parameters, data.X, data.Y);
    const level = J(plateau);
    const random = createRandom(seed);
    const push = scaled(rest.map(() => random.normal())).map((x) => PUSH * x);
    const { snapshots } = train(net, apart(push), data, {
      optimizer: gradientDescent({ rate: RATE }),
      steps: STEPS,
      record: { every: 1 },
    });
    const gaps = snapshots.map(({ parameters }) => {
      const [first, second] = [unit(parameters, 0), unit(parameters, 1)];
      return first.map((x, i) => (x - second[i]!) / 2);
    });
    return {
      surface: GRID.map((b) =>
        GRID.map((a) => Number((J(apart([...p.map((x) => a * x), ...r.map((x) => b * x)])) - level).toFixed(4))),
      ),
      incoming: gaps.map((gap) => dot(gap.slice(0, 2), p)),
      outgoing: gaps.map((gap) => dot(gap.slice(2), r)),
      distance: gaps.map((gap) => 2 * Math.hypot(...gap)),
    };
  },
  measures: {
    rate: () => RATE,
    push: () => 2 * PUSH,
    /** The first step after which the units are more than 0.1 apart, and where they are at the end. */
    seen: ({ records }) => records[0]!.distance.findIndex((d) => d > 0.1),
    end: ({ records }) => records[0]!.distance.at(-1)!,
  },
});
