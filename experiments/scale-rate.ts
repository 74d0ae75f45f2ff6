/** E11. A larger learning rate against saturated weights: two moons, over a grid of weight scale and rate. */
import { z } from 'zod';
import {
  createRandom,
  forward,
  gradientDescent,
  initialise,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  network,
  train,
} from '../src/engine/index.ts';
import { defineExperiment, median } from '../src/lab/define.ts';
import { normalisedMoons } from './shared/moons.ts';
import { scaledBy } from './shared/scaled.ts';

const STEPS = 300;
const SCALES = [0.01, 0.1, 1, 3, 10, 30, 100, 300];
const RATES = [0.01, 0.1, 1, 3, 10, 30, 100];
const outputs = { 'squared error': logisticSquaredError, 'cross-entropy': logisticCrossEntropy };

export default defineExperiment({
  question: 'Can a larger learning rate rescue a network whose units start saturated?',
  params: { loss: ['squared error', 'cross-entropy'], scale: SCALES, rate: RATES },
  seeds: 5,
  seedsPerTask: 5,
  record: z.object({
    /** J after training. */
    J: z.number(),
    /** Share of logistic units and examples whose a(1 − a) is exactly 0 before training. */
    silent: z.number(),
  }),
  run({ loss, scale, rate }, { seed }) {
    const random = createRandom(seed);
    const task = normalisedMoons(100, random.split('moons'));
    const net = network({ units: [2, 10, 10, 1], activation: logistic(), output: outputs[loss] });
    const parameters = initialise(net, { weights: scaledBy(scale) }, random.split('weights'));
    const start = forward(net, parameters, task.X)
      .a.slice(2)
      .flatMap((a) => [...a.data]);
    const run = train(net, parameters, task, { optimizer: gradientDescent({ rate }), steps: STEPS });
    return { J: run.J.at(-1)!, silent: start.filter((a) => a * (1 - a) === 0).length / start.length };
  },
  measures: {
    /** Median J at the rate that is best for it, by scale. */
    best: ({ records }) => {
      const of = (loss: string, scale: number) =>
        Math.min(
          ...RATES.map((rate) =>
            median(records.filter((r) => r.loss === loss && r.scale === scale && r.rate === rate).map((r) => r.J)),
          ),
        );
      const over = (loss: string) => ({ s1: of(loss, 1), s10: of(loss, 10), s30: of(loss, 30), s100: of(loss, 100) });
      return { squaredError: over('squared error'), crossEntropy: over('cross-entropy') };
    },
    /** The rate that is best at σ_w = 10 under the squared error. */
    bestRate: ({ records }) => {
      const at = (rate: number) =>
        median(records.filter((r) => r.loss === 'squared error' && r.scale === 10 && r.rate === rate).map((r) => r.J));
      return RATES.reduce((best, rate) => (at(rate) < at(best) ? rate : best));
    },
    silent: ({ records }) => {
      const of = (scale: number) => {
        const shares = records.filter((r) => r.scale === scale && r.rate === 1).map((r) => r.silent);
        return shares.reduce((sum, share) => sum + share, 0) / shares.length;
      };
      return { s1: of(1), s10: of(10), s100: of(100), s300: of(300) };
    },
  },
});
