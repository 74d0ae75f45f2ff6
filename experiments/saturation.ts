/** A saturated logistic unit with the wrong output: recovery is slow with squared error, fast with cross-entropy. */

import {
  gradientDescent,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  matrix,
  network,
  train,
} from 'astro-measured/engine';
import { defineExperiment, downsample } from 'astro-measured/lab';
import { z } from 'zod';

const outputs = { 'squared error': logisticSquaredError, 'cross-entropy': logisticCrossEntropy };

/** More steps than the slowest run needs to bring z from its start to 0. */
const enough = (start: number): number => Math.ceil(1.01 * flow['squared error'](start)) + 20;

/** Time that dz/dt = −∂J/∂z takes from z = start to 0, with y = 0, per unit of learning rate. */
const flow = {
  'squared error': (start: number): number =>
    Math.expm1(start) + 3 * start - 3 * Math.expm1(-start) - Math.expm1(-2 * start) / 2,
  'cross-entropy': (start: number): number => start - Math.expm1(-start),
};

const STARTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const unit = logistic();

export default defineExperiment({
  question: 'How long does a saturated logistic unit take to come back, under either loss?',
  params: { loss: ['squared error', 'cross-entropy'], start: STARTS },
  record: z.object({
    /** Steps until z ≤ 0. */
    steps: z.int(),
    step: z.array(z.int()),
    z: z.array(z.number()),
  }),
  run({ loss, start }) {
    // One unit, one weight, input 1, target 0, no bias: z is the weight itself.
    const net = network({ units: [1, 1], activation: unit, output: outputs[loss], bias: false });
    const parameters = { Theta: [matrix(0, 0), matrix(1, 1, start)], b: [new Float64Array(0), new Float64Array(1)] };
    const example = { X: matrix(1, 1, 1), Y: matrix(1, 1, 0) };
    const optimizer = gradientDescent({ rate: 1 });
    const { J } = train(net, parameters, example, { optimizer, steps: enough(start) });
    // J grows with z, so z ≤ 0 where J is at most its value at z = 0.
    const steps = J.findIndex((value) => value <= (loss === 'squared error' ? 1 / 8 : Math.LN2));
    const early = downsample(steps + 1, 40, { scale: 'log' });
    // The plateau ends abruptly, so the last steps are sampled as densely as the first.
    const at = [...new Set([...early, ...early.map((step) => steps - step)])].sort((a, b) => a - b);
    const { snapshots } = train(net, parameters, example, { optimizer, steps, record: { at, what: ['Theta'] } });
    return {
      steps,
      step: snapshots.map((snapshot) => snapshot.step),
      z: snapshots.map((snapshot) => snapshot.parameters.Theta[1]!.data[0]!),
    };
  },
  measures: {
    steps: ({ records }) => {
      const from10 = (loss: string) => records.find((r) => r.loss === loss && r.start === 10)!.steps;
      return { squaredError: from10('squared error'), crossEntropy: from10('cross-entropy') };
    },
    flow: () => ({ squaredError: flow['squared error'](10), crossEntropy: flow['cross-entropy'](10) }),
    /** Times of the gradient flow from every start, for the chart. */
    flows: () => ({
      squaredError: STARTS.map(flow['squared error']),
      crossEntropy: STARTS.map(flow['cross-entropy']),
    }),
    /** The largest relative difference between steps and flow over the starts from 4 up. */
    flowError: ({ records }) =>
      Math.max(...records.filter((r) => r.start >= 4).map((r) => Math.abs(r.steps / flow[r.loss](r.start) - 1))),
    slope: () => ({
      at2: unit.derivative(2),
      at10: unit.derivative(10),
      ratio: unit.derivative(2) / unit.derivative(10),
      /** (σ′(0)/σ′(10))², a ratio of curvatures. */
      curvature: (unit.derivative(0) / unit.derivative(10)) ** 2,
    }),
    /** σ′ at ±40 as σ(z)σ(−z), which is even in z, and as a(1 − a), which is not in floating point. */
    rounding: () => ({
      factors: unit.g(40) * unit.g(-40),
      fromActivation: unit.g(40) * (1 - unit.g(40)),
      fromActivationBelow: unit.g(-40) * (1 - unit.g(-40)),
      engine: unit.derivative(40),
      /** Beyond this z, 1 + e^−z rounds to 1 in double precision. */
      onsetOfOne: 53 * Math.LN2,
    }),
  },
});
