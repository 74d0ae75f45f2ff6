/** Moments of activations for a Gaussian pre-activation of variance q: mean slope, gain, and share explained by a linear fit. */

import { type Curve, chi, fixedPoint, logistic, moments, qMap, relu, selu, tanh } from 'astro-measured/engine';
import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

/** The sigmoid that LeCun, Bottou, Orr & Müller (1998, section 4.4) recommend: 1.7159 tanh(2z/3). */
const recommended: Curve = {
  g: (x) => 1.7159 * tanh.g((2 * x) / 3),
  derivative: (x) => ((1.7159 * 2) / 3) * tanh.derivative((2 * x) / 3),
};

const curves = { logistic: logistic(), tanh, ReLU: relu, SELU: selu, '1.7159 tanh(2z/3)': recommended };
const names = Object.keys(curves) as (keyof typeof curves)[];

/** E f(x) for a standard normal x, by the trapezoidal rule with 1601 nodes on [−20, 20]. */
function gaussianMean(f: (x: number) => number): number {
  const h = 1 / 40;
  let sum = 0;
  for (let i = -800; i <= 800; i++) sum += f(i * h) * Math.exp(-((i * h) ** 2) / 2);
  return (sum * h) / Math.sqrt(2 * Math.PI);
}

/** P(|z| > t) for z ~ N(0, q), by Simpson's rule on the tail. */
function tail(t: number, q: number): number {
  const [low, h] = [t / Math.sqrt(q), 1 / 200];
  let sum = 0;
  for (let i = 0; i <= 4000; i++) sum += (i % 2 === 1 ? 4 : i === 0 ? 1 : 2) * Math.exp(-((low + i * h) ** 2) / 2);
  return (2 * sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

export default defineExperiment({
  question: 'What slope, gain and straightness does an activation have on a Gaussian input of variance q?',
  params: { activation: names, q: [1 / 3, 1] },
  record: z.object({
    /** E g′(z). */
    slope: z.number(),
    /** E g(z)². */
    second: z.number(),
    /** Var g(z). */
    variance: z.number(),
    /** E g′(z)². */
    slopeSecond: z.number(),
  }),
  run({ activation, q }) {
    const { derivative, second, variance, derivativeSecond } = moments(curves[activation], q);
    return { slope: derivative, second, variance, slopeSecond: derivativeSecond };
  },
  measures: {
    /** E σ′(z) at q = 1/3, and as a share of its largest value ¼. */
    slope: ({ records }) => {
      const { slope } = records.find((r) => r.activation === 'logistic' && r.q < 1)!;
      return { mean: slope, share: slope / 0.25 };
    },
    /** The share of g's variance that the best straight line explains, at q = 1/3: q (E g′)²/Var g. */
    straight: ({ records }) => {
      const of = (activation: string) => {
        const r = records.find((row) => row.activation === activation && row.q < 1)!;
        return (r.q * r.slope ** 2) / r.variance;
      };
      return { logistic: of('logistic'), tanh: of('tanh') };
    },
    /** P(|z| > 4) for a Gaussian z of variance 1/3. */
    tail: () => tail(4, 1 / 3),
    /** The gain 1/√E g² that keeps a second moment of one. */
    gain: ({ records }) => {
      const of = (activation: string) =>
        1 / Math.sqrt(records.find((r) => r.activation === activation && r.q === 1)!.second);
      return { tanh: of('tanh'), logistic: of('logistic'), relu: of('ReLU'), selu: of('SELU') };
    },
    /** The gain that would keep the variance instead of the second moment. */
    wrongGain: ({ records }) => 1 / Math.sqrt(records.find((r) => r.activation === 'ReLU' && r.q === 1)!.variance),
    /** Second moment of the recommended sigmoid of a unit Gaussian, and its fixed point at σ_w² = 1. */
    recommended: ({ records }) => ({
      second: records.find((r) => r.activation === '1.7159 tanh(2z/3)' && r.q === 1)!.second,
      ...fixedPoint(recommended, { weightVariance: 1, biasVariance: 0 }),
    }),
    /** Tanh by the scale σ_w² = n Var Θ: the fixed point of q, χ₁ there, and the factor of twenty layers on an error's mean square. */
    tanhScales: ({ records }) => {
      const kept = 1 / records.find((r) => r.activation === 'tanh' && r.q === 1)!.second;
      const at = (weightVariance: number) => {
        const variances = { weightVariance, biasVariance: 0 };
        let q = weightVariance;
        let growth = 1;
        for (let k = 0; k < 20; k++) {
          growth *= chi(tanh, weightVariance, q);
          q = qMap(tanh, variances, q);
        }
        // At σ_w² ≤ 1 the fixed point is q = 0, which the iteration only approaches.
        const { q: settled, chi: chi1 } =
          weightVariance > 1 ? fixedPoint(tanh, variances) : { q: 0, chi: weightVariance };
        return { weightVariance, q: settled, chi: chi1, growth };
      };
      return { rule: at(1 / 3), lecun: at(1), kept: at(kept), fiveThirds: at(25 / 9) };
    },
    /** The mean square of z in the first three layers of a wide tanh network whose weights have the variance 1/(3n). */
    tanhChain: () => {
      const variances = { weightVariance: 1 / 3, biasVariance: 0 };
      const second = qMap(tanh, variances, 1 / 3);
      return { first: 1 / 3, second, third: qMap(tanh, variances, second) };
    },
    /** Var(XY) for a standard normal X and Y = X² − 1, which have covariance 0 and variances 1 and 2. */
    product: () => ({
      covariance: gaussianMean((x) => x * (x * x - 1)),
      variances: gaussianMean((x) => (x * x - 1) ** 2),
      variance: gaussianMean((x) => (x * (x * x - 1)) ** 2) - gaussianMean((x) => x * (x * x - 1)) ** 2,
    }),
  },
});
