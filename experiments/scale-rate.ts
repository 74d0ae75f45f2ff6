/** Can a larger learning rate make up for saturated weights? Two moons, over a grid of weight scale and rate. */

import {
  createRandom,
  gradientDescent,
  initialise,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  network,
  train,
} from 'astro-measured/engine';
import { bestOf, defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';
import { normalisedMoons } from './shared/moons.ts';
import { scaledBy } from './shared/scaled.ts';

const STEPS = 300;
/** The steps whose loss the curves show: dense where it changes fast. */
const SHOWN = [0, 1, 2, 4, 8, 14, 24, 40, 70, 120, 200, STEPS];
// Three a factor of ten, so that equal steps on the map are equal factors (nearly: 1, 3, 10).
const SCALES = [0.1, 0.3, 1, 3, 10, 30, 100, 300];
const RATES = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];
const outputs = { 'squared error': logisticSquaredError, 'cross-entropy': logisticCrossEntropy };

export default defineExperiment({
  question: 'Can a larger learning rate rescue a network whose units start saturated?',
  params: { loss: ['squared error', 'cross-entropy'], scale: SCALES, rate: RATES },
  seeds: 7,
  seedsPerTask: 7,
  record: z.object({
    /** J after training. */
    J: z.number(),
    /** J at the steps of `steps`. */
    curve: z.array(z.number()),
    /** The steps that `curve` shows. */
    steps: z.array(z.number()),
    /** Share of logistic units and examples whose a(1 − a) is exactly 0 before training. */
    silent: z.number(),
  }),
  run({ loss, scale, rate }, { seed }) {
    const random = createRandom(seed);
    const task = normalisedMoons(100, random.split('moons'));
    const net = network({ units: [2, 10, 10, 1], activation: logistic(), output: outputs[loss] });
    const parameters = initialise(net, { weights: scaledBy(scale) }, random.split('weights'));
    const run = train(net, parameters, task, {
      optimizer: gradientDescent({ rate }),
      steps: STEPS,
      record: { at: [0], what: ['a'] },
    });
    const start = run.snapshots[0]!.a!.slice(2).flatMap((a) => [...a.data]);
    const curve = SHOWN.map((step) => run.J[step]!);
    return {
      J: run.J.at(-1)!,
      curve,
      steps: SHOWN,
      silent: start.filter((a) => a * (1 - a) === 0).length / start.length,
    };
  },
  measures: {
    /** The rate with the lowest median J, by scale, and that J. The grid of rates has worse ones on both sides. */
    best: ({ records }) => {
      const of = (loss: string, scale: number, edge = false) =>
        bestOf(
          records.filter((r) => r.loss === loss && r.scale === scale),
          'rate',
          (r) => r.J,
          { edge },
        );
      const over = (loss: string) => ({ s1: of(loss, 1), s10: of(loss, 10), s30: of(loss, 30) });
      return {
        // At σ_w = 100 the squared error hardly depends on the rate, so that its lowest value may lie anywhere.
        squaredError: { ...over('squared error'), s100: of('squared error', 100, true) },
        crossEntropy: { ...over('cross-entropy'), s100: of('cross-entropy', 100) },
      };
    },
    seeds: ({ records }) => new Set(records.map((r) => r.seed)).size,
    silent: ({ records }) => {
      const of = (scale: number) => {
        const shares = records.filter((r) => r.scale === scale && r.rate === 1).map((r) => r.silent);
        return shares.reduce((sum, share) => sum + share, 0) / shares.length;
      };
      return { s1: of(1), s10: of(10), s100: of(100), s300: of(300) };
    },
  },
});
