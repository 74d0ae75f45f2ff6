/** E5. One output: B vanishes at the plateau, and A decides. Two: B does not, and the plateau is a saddle. */
import { z } from 'zod';
import { backward, createRandom, momentum, symmetricEigenvalues, train } from '../src/engine/index.ts';
import { defineExperiment } from '../src/lab/define.ts';
import { antisymmetricHessian, fromUnits, twoUnits } from './shared/plateau.ts';
import { type Teachers, teacherData } from './shared/teachers.ts';

/** The vector of that length and angle. */
const polar = (length: number, angle: number): [number, number] => [length * Math.cos(angle), length * Math.sin(angle)];

export default defineExperiment({
  question: 'Is the plateau of identical units a place that training can be pushed off?',
  params: { outputs: [1, 2] },
  seeds: 16,
  seedsPerTask: 8,
  record: z.object({
    /** Largest entry of the gradient at the plateau. */
    slope: z.number(),
    normB: z.number(),
    eigenvalues: z.array(z.number()),
  }),
  run({ outputs }, { seed }) {
    const random = createRandom(seed);
    const angle = random.uniform(0, 2 * Math.PI);
    const teachers: Teachers = [
      polar(random.uniform(1, 2), angle),
      polar(random.uniform(1, 2), angle + random.uniform(0.5, 1.2)),
    ];
    const net = twoUnits(2, outputs);
    const data = teacherData(teachers, outputs);
    const w = [0, 1].map((j) => (teachers[0][j]! + teachers[1][j]!) / 4);
    const v = Array.from({ length: outputs }, () => 0.5);
    const start = fromUnits([w, w], [v, v]);
    const { parameters } = train(net, start, data, { optimizer: momentum({ rate: 0.1, mu: 0.9 }), steps: 2500 });
    const { gradient } = backward(net, parameters, data.X, data.Y);
    const { H, normB } = antisymmetricHessian(net, parameters, data.X, data.Y);
    return {
      slope: Math.max(...gradient.Theta.flatMap((m) => [...m.data].map(Math.abs))),
      normB,
      eigenvalues: [...symmetricEigenvalues(H)].sort((x, y) => x - y),
    };
  },
  measures: {
    problems: ({ records }) => records.filter((r) => r.outputs === 1).length,
    slope: ({ records }) => Math.max(...records.map((r) => r.slope)),
    /** The largest norm of B with one output, the smallest with two. */
    normB: ({ records }) => ({
      one: Math.max(...records.filter((r) => r.outputs === 1).map((r) => r.normB)),
      two: Math.min(...records.filter((r) => r.outputs === 2).map((r) => r.normB)),
    }),
    /** Over problems, the highest of the lowest eigenvalues: if it is negative, every plateau is unstable. */
    highestMinimum: ({ records }) => {
      const of = (outputs: number) =>
        Math.max(...records.filter((r) => r.outputs === outputs).map((r) => r.eigenvalues[0]!));
      return { one: of(1), two: of(2) };
    },
  },
});
