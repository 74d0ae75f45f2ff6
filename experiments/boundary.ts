/** Decision boundaries on two moons, of networks that differ only in the scale of their initial weights. */

import {
  createRandom,
  forward,
  gradientDescent,
  initialise,
  logistic,
  logisticCrossEntropy,
  matrix,
  network,
  toRows,
  train,
} from 'astro-measured/engine';
import { defineExperiment, linspace } from 'astro-measured/lab';
import { z } from 'zod';
import { normalisedMoons } from './shared/moons.ts';
import { scaledBy } from './shared/scaled.ts';

/** Points of the grid along either input, from −2.4 to 2.4. */
const GRID = linspace(-2.4, 2.4, 41);

export default defineExperiment({
  question: 'Which boundary does a network learn in 300 steps, by the scale of its starting weights?',
  params: { scale: [0.1, 0.3, 1, 3, 10, 30, 100, 300] },
  record: z.object({
    J: z.number(),
    /** probability[i][j]: probability of the second moon at x₂ = GRID[i], x₁ = GRID[j], to three decimals. */
    probability: z.array(z.array(z.number())),
    points: z.array(z.object({ x: z.number(), y: z.number(), class: z.string() })),
  }),
  run({ scale }, { seed }) {
    const random = createRandom(seed);
    const task = normalisedMoons(100, random.split('moons'));
    const net = network({ units: [2, 10, 10, 1], activation: logistic(), output: logisticCrossEntropy });
    const start = initialise(net, { weights: scaledBy(scale) }, random.split('weights'));
    const { parameters, J } = train(net, start, task, { optimizer: gradientDescent({ rate: 3 }), steps: 300 });
    const plane = matrix(
      GRID.length ** 2,
      2,
      GRID.flatMap((y) => GRID.map((x) => [x, y])),
    );
    const probabilities = [...forward(net, parameters, plane).a.at(-1)!.data];
    return {
      J: J.at(-1)!,
      probability: GRID.map((_, i) =>
        probabilities.slice(i * GRID.length, (i + 1) * GRID.length).map((p) => Number(p.toFixed(3))),
      ),
      points: toRows(task.X).map(([x, y], i) => ({ x: x!, y: y!, class: task.Y.data[i] === 1 ? 'second' : 'first' })),
    };
  },
  measures: {
    /** J after training, by scale. */
    J: ({ records }) => Object.fromEntries(records.map((r) => [`s${r.scale}`.replace('.', '_'), r.J])),
  },
});
