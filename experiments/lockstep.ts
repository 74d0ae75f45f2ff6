/** All weights ½: hidden units stay identical to the last bit, whatever the outputs and the optimiser. */

import {
  adam,
  backward,
  constant,
  createRandom,
  gradientDescent,
  initialise,
  logisticCrossEntropy,
  momentum,
  type Network,
  network,
  type Parameters,
  softmaxCrossEntropy,
  tanh,
  toRows,
  train,
} from 'astro-measured/engine';
import { defineExperiment, downsample } from 'astro-measured/lab';
import { z } from 'zod';
import { linearClasses } from './shared/classes.ts';
import { columnSpread, rowSpread, unitSpread } from './shared/spread.ts';

const STEPS = 300;
const BATCH = 16;
/** The steps at which the network is drawn. */
const SHOWN = [0, 1, 2, 5, 10, 20, 50, 100, 200, 300] as const;
const optimizers = {
  'SGD + L2': gradientDescent({ rate: 0.1, l2: 0.001 }),
  momentum: momentum({ rate: 0.03, mu: 0.9 }),
  Adam: adam({ rate: 0.01 }),
};

type Data = ReturnType<typeof linearClasses>;

/** The largest difference, over examples, between two entries of δ^(L) whose target is 0. */
function otherOutputs(net: Network, parameters: Parameters, { X, Y }: Data): number {
  const targets = toRows(Y);
  const spreads = toRows(backward(net, parameters, X, Y).delta[net.L]!).map((delta, e) => {
    const others = delta.filter((_, k) => targets[e]![k] === 0);
    return others.length === 0 ? 0 : Math.max(...others) - Math.min(...others);
  });
  return Math.max(...spreads);
}

export default defineExperiment({
  question: 'Do hidden units that start identical ever come apart?',
  params: { outputs: [1, 3], optimizer: ['SGD + L2', 'momentum', 'Adam'] },
  seeds: 16,
  seedsPerTask: 8,
  record: z.object({
    /** Largest difference between two hidden units of a layer, over all steps. */
    unitSpread: z.number(),
    /** By `steps`: that difference; the largest between columns of the first matrix (inputs) and rows of the last (outputs). */
    steps: z.array(z.number()),
    units: z.array(z.number()),
    inputs: z.array(z.number()),
    outputRows: z.array(z.number()),
    /** Largest difference between columns of the first matrix, after one step and after two. */
    inputsEarly: z.array(z.number()),
    /** Largest difference between entries of δ^(L) with target 0, over examples: before any step, after one, at the end. */
    others: z.array(z.number()),
    /** Of the first seed: Theta[1], Theta[2] and Theta[3] as rows, after each of `SHOWN` steps. */
    weights: z.array(z.array(z.array(z.array(z.number())))),
    J: z.array(z.number()),
  }),
  run({ outputs, optimizer }, { seed }) {
    const random = createRandom(seed);
    const output = outputs === 1 ? logisticCrossEntropy : softmaxCrossEntropy;
    const net = network({ units: [3, 7, 5, outputs], activation: tanh, output });
    const data = linearClasses({ m: 64, inputs: 3, outputs }, random.split('data'));
    const start = initialise(net, { weights: constant(0.5) }, random);
    const { snapshots, J } = train(net, start, data, {
      optimizer: optimizers[optimizer],
      steps: STEPS,
      batch: BATCH,
      order: random.split('order'),
      record: { every: 1 },
    });
    const at = (step: number): Parameters => snapshots[step]!.parameters;
    const steps = downsample(STEPS + 1, 31);
    const inputs = (step: number) => columnSpread(at(step).Theta[1]!);
    const outputRows = (step: number) => rowSpread(at(step).Theta[3]!);
    return {
      unitSpread: Math.max(...snapshots.map((snapshot) => unitSpread(snapshot.parameters))),
      steps,
      units: steps.map((step) => unitSpread(at(step))),
      inputs: steps.map(inputs),
      outputRows: steps.map(outputRows),
      inputsEarly: [inputs(1), inputs(2)],
      others: [0, 1, STEPS].map((step) => otherOutputs(net, at(step), data)),
      weights: seed === 0 ? SHOWN.map((step) => at(step).Theta.slice(1).map(toRows)) : [],
      J: [J[0]!, J.at(-1)!],
    };
  },
  measures: {
    steps: () => STEPS,
    runs: ({ records }) => records.length,
    unitSpread: ({ records }) => Math.max(...records.map((r) => r.unitSpread)),
    /** With one output the inputs separate at the first step; with softmax at the second, since Σ δ_k = 0 at the first. */
    inputSpread: ({ records }) => {
      const one = records.filter((r) => r.outputs === 1);
      const several = records.filter((r) => r.outputs === 3);
      return {
        afterOne: Math.min(...one.map((r) => r.inputsEarly[0]!)),
        softmaxAfterOne: Math.max(...several.map((r) => r.inputsEarly[0]!)),
        softmaxAfterTwo: Math.min(...several.map((r) => r.inputsEarly[1]!)),
        end: Math.min(...records.map((r) => r.inputs.at(-1)!)),
      };
    },
    outputSpread: ({ records }) => ({
      end: Math.min(...records.filter((r) => r.outputs === 3).map((r) => r.outputRows.at(-1)!)),
    }),
    otherOutputs: ({ records }) => {
      const several = records.filter((r) => r.outputs === 3);
      return {
        start: Math.max(...several.map((r) => r.others[0]!)),
        afterOne: Math.min(...several.map((r) => r.others[1]!)),
        end: Math.max(...several.map((r) => r.others[2]!)),
      };
    },
  },
});
