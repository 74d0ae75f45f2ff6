/** Thirty layers of ReLU: with He's variance the network trains within the budget, with Glorot's it makes no progress. */

import {
  adam,
  createRandom,
  glorotNormal,
  gradientDescent,
  heNormal,
  initialise,
  logisticCrossEntropy,
  network,
  relu,
  train,
} from 'astro-measured/engine';
import { defineExperiment, median } from 'astro-measured/lab';
import { z } from 'zod';
import { halves } from './shared/halves.ts';

const STEPS = 300;
const BATCH = 16;
const UNITS = [8, ...new Array<number>(29).fill(32), 1];

const schemes = { He: heNormal, Glorot: glorotNormal };
const optimizers = { 'gradient descent': gradientDescent({ rate: 0.05 }), Adam: adam({ rate: 0.001 }) };

export default defineExperiment({
  question: 'Does a thirty-layer ReLU network train from He weights, and from Glorot weights?',
  params: { optimizer: ['gradient descent', 'Adam'], scheme: ['He', 'Glorot'] },
  seeds: 8,
  record: z.object({
    /** J by epoch, the mean over its four batches. */
    J: z.array(z.number()),
    /** Steps up to the end of the first epoch with J below one half; −1 if there is none. */
    below: z.int(),
  }),
  run({ scheme, optimizer }, { seed }) {
    const random = createRandom(seed);
    const task = halves({ m: 4 * BATCH, inputs: 8 }, random.split('task'));
    const net = network({ units: UNITS, activation: relu, output: logisticCrossEntropy });
    const parameters = initialise(net, { weights: schemes[scheme] }, random.split('weights'));
    const run = train(net, parameters, task, {
      optimizer: optimizers[optimizer],
      steps: STEPS,
      batch: BATCH,
      order: random.split('order'),
    });
    const J = Array.from({ length: STEPS / 4 }, (_, epoch) => {
      const batches = run.J.subarray(4 * epoch, 4 * epoch + 4);
      return batches.reduce((sum, value) => sum + value, 0) / 4;
    });
    const first = J.findIndex((value) => value < 0.5);
    return { J, below: first === -1 ? -1 : 4 * (first + 1) };
  },
  measures: {
    /** Runs by plain gradient descent: how many get below J = ½, He's median number of steps to it, and Glorot's lowest J. */
    plain: ({ records }) => {
      const of = (scheme: string) => records.filter((r) => r.scheme === scheme && r.optimizer === 'gradient descent');
      const arrived = (scheme: string) => of(scheme).filter((r) => r.below >= 0);
      return {
        he: arrived('He').length,
        glorot: arrived('Glorot').length,
        runs: of('He').length,
        heStep: median(arrived('He').map((r) => r.below)),
        glorotLowest: Math.min(...of('Glorot').flatMap((r) => r.J)),
      };
    },
    adam: ({ records }) => {
      const of = (scheme: string) => records.filter((r) => r.scheme === scheme && r.optimizer === 'Adam');
      return {
        he: of('He').filter((r) => r.below >= 0).length,
        glorot: of('Glorot').filter((r) => r.below >= 0).length,
      };
    },
  },
});
