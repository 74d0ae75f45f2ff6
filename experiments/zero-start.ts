/** Training from all parameters zero: logistic layers begin to change one per step, output first; tanh and ReLU never do. */

import {
  createRandom,
  gradientDescent,
  initialise,
  logistic,
  logisticCrossEntropy,
  matrix,
  network,
  relu,
  tanh,
  train,
  zeros,
} from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

const STEPS = 300;
const SHOWN = 8;
const EXAMPLES = 64;
const LAYERS = [1, 2, 3, 4] as const;
const activations = { logistic: logistic(), tanh, ReLU: relu };

const largest = (values: Float64Array): number => values.reduce((max, x) => Math.max(max, Math.abs(x)), 0);

export default defineExperiment({
  question: 'What moves, and when, if every weight and bias starts at zero?',
  params: { activation: ['logistic', 'tanh', 'ReLU'], positives: [40, 32] },
  seeds: 8,
  seedsPerTask: 8,
  record: z.object({
    /** Largest |entry| of Theta[l], l = 1…4, by step 0 … SHOWN. */
    weights: z.array(z.array(z.number())),
    /** The step after which Theta[l] is first not zero; 0 if that never happens. */
    firstMoved: z.array(z.number()),
    /** Largest |entry| of any Theta, and of any hidden bias, at the end. */
    largestWeight: z.number(),
    largestHiddenBias: z.number(),
    outputBias: z.number(),
    J: z.number(),
  }),
  run({ activation, positives }, { seed }) {
    const random = createRandom(seed);
    const net = network({ units: [3, 4, 4, 4, 1], activation: activations[activation], output: logisticCrossEntropy });
    const X = matrix(
      EXAMPLES,
      3,
      Array.from({ length: 3 * EXAMPLES }, () => random.normal()),
    );
    const Y = matrix(
      EXAMPLES,
      1,
      random.permutation(EXAMPLES).map((place) => (place < positives ? 1 : 0)),
    );
    const start = initialise(net, { weights: zeros }, random);
    const run = train(
      net,
      start,
      { X, Y },
      {
        optimizer: gradientDescent({ rate: 0.5 }),
        steps: STEPS,
        record: { at: Array.from({ length: SHOWN + 1 }, (_, step) => step), what: ['Theta'] },
      },
    );
    const weights = LAYERS.map((l) => run.snapshots.map(({ parameters }) => largest(parameters.Theta[l]!.data)));
    const { Theta, b } = run.parameters;
    return {
      weights,
      firstMoved: weights.map((sizes) =>
        Math.max(
          0,
          sizes.findIndex((size) => size > 0),
        ),
      ),
      largestWeight: Math.max(...Theta.map((m) => largest(m.data))),
      largestHiddenBias: Math.max(...[1, 2, 3].map((l) => largest(b[l]!))),
      outputBias: b[4]![0]!,
      J: run.J.at(-1)!,
    };
  },
  measures: {
    steps: () => STEPS,
    /** The step of each layer's first change if all runs agree, else NaN, which fails every claim. */
    firstMoved: ({ records }) => {
      const logistic = records.filter((r) => r.activation === 'logistic' && r.positives === 40);
      const agreed = LAYERS.map((l) => {
        const steps = new Set(logistic.map((r) => r.firstMoved[l - 1]!));
        if (steps.size > 1) throw new Error(`Theta[${l}] first moves at different steps: ${[...steps]}`);
        return [...steps][0]!;
      });
      return { Theta1: agreed[0]!, Theta2: agreed[1]!, Theta3: agreed[2]!, Theta4: agreed[3]! };
    },
    stuck: ({ records }) => {
      const stuck = records.filter((r) => r.activation !== 'logistic');
      const unbalanced = stuck.filter((r) => r.positives === 40);
      const p = 40 / EXAMPLES;
      const entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
      return {
        largestWeight: Math.max(...stuck.map((r) => r.largestWeight)),
        largestHiddenBias: Math.max(...stuck.map((r) => r.largestHiddenBias)),
        J: Math.max(...unbalanced.map((r) => r.J)),
        entropy,
        excess: Math.max(...unbalanced.map((r) => Math.abs(r.J - entropy))),
      };
    },
    balanced: ({ records }) =>
      Math.max(
        ...records.filter((r) => r.positives === 32).map((r) => Math.max(r.largestWeight, Math.abs(r.outputBias))),
      ),
  },
});
