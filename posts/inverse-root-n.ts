/**
 * The derivations of “Why weights start within ±1/√n”, as they are executed at each build: a line is its TeX and a
 * function that computes it, written as the TeX reads. The last line is held against the engine and against differences.
 */

import type { Derivation } from 'astro-measured/derivation';
import {
  backward,
  cost,
  createRandom,
  forward,
  gradientDescent,
  identity,
  leakyRelu,
  linearSquaredError,
  logistic,
  logisticCrossEntropy,
  matrix,
  network,
  qMap,
  type Random,
  tanh,
  train,
} from 'astro-measured/engine';
import { corners, gaussian, slopeOf, total, uniformMoment } from './derivations/averages.ts';
import { normDelta, residualDelta } from './derivations/deep-layers.ts';

const tex = String.raw;
const sigma = (z: number): number => 1 / (1 + Math.exp(-z));
/** σ′, by the product that is even in z. */
const slope = (z: number): number => sigma(z) * sigma(-z);
const normals = (n: number, random: Random): number[] => Array.from({ length: n }, () => random.normal());

/** A single logistic unit with one input 1 and no bias: its z is its weight. */
const unit = network({ units: [1, 1], activation: identity, output: logisticCrossEntropy, bias: false });
const weight = (z: number) => ({
  Theta: [matrix(0, 0), matrix(1, 1, z)],
  b: [new Float64Array(0), new Float64Array(1)],
});
const one = matrix(1, 1, 1);

type Output = { z: number; y: number };

const matchedDelta: Derivation<Output> = {
  at(seed) {
    const random = createRandom(seed);
    return { z: random.uniform(-5, 5), y: random.uniform() };
  },
  lines: [
    {
      tex: tex`\delta^{(L)} = \frac{\partial J}{\partial a}\,\sigma'(z) = \Bigl(-\frac ya + \frac{1-y}{1-a}\Bigr)\,\sigma'(z)`,
      value: ({ z, y }) => (-y / sigma(z) + (1 - y) / (1 - sigma(z))) * slope(z),
    },
    {
      tex: tex`= \frac{a-y}{a(1-a)}\;a(1-a)`,
      value: ({ z, y }) => ((sigma(z) - y) / (sigma(z) * (1 - sigma(z)))) * (sigma(z) * (1 - sigma(z))),
    },
    { tex: tex`= a - y`, value: ({ z, y }) => sigma(z) - y },
  ],
  held: {
    'the engine': ({ z, y }) => backward(unit, weight(z), one, matrix(1, 1, y)).delta[2]!.data[0]!,
    'differences of J': ({ z, y }) => slopeOf((at) => cost(unit, weight(at), one, matrix(1, 1, y)), z),
  },
};

/** A hidden layer of three and an output, all logistic of slope β, on one example: w and c weights in and out, no bias. */
type Sloped = { beta: number; eta: number; theta: number[]; x: number[]; y: number };

const output = (beta: number, theta: readonly number[], x: readonly number[]): number =>
  beta * total(3, (i) => theta[6 + i]! * sigma(beta * total(2, (j) => theta[2 * i + j]! * x[j]!)));

/** J_β(θ), cross-entropy. */
const lossOf = (beta: number, theta: readonly number[], { x, y }: Sloped): number => {
  const z = output(beta, theta, x);
  return Math.log(1 + Math.exp(z)) - y * z;
};

/** ∇J_β(θ) by the chain rule, every β where it falls. */
function gradientOf(beta: number, theta: readonly number[], { x, y }: Sloped): number[] {
  const delta = beta * (sigma(output(beta, theta, x)) - y);
  const u = [0, 1, 2].map((i) => beta * total(2, (j) => theta[2 * i + j]! * x[j]!));
  const into = u.flatMap((ui, i) => x.map((xj) => delta * theta[6 + i]! * beta * slope(ui) * xj));
  return [...into, ...u.map((ui) => delta * sigma(ui))];
}

const plain = network({ units: [2, 3, 1], activation: logistic(), output: logisticCrossEntropy, bias: false });

const gain: Derivation<Sloped> = {
  at(seed) {
    const random = createRandom(seed);
    return {
      beta: random.uniform(0.5, 3),
      eta: random.uniform(0.01, 1),
      theta: normals(9, random),
      x: normals(2, random),
      y: random.uniform(),
    };
  },
  lines: [
    {
      tex: tex`\beta\bigl(\theta - \eta\,\nabla J_\beta(\theta)\bigr)`,
      value: (p) => {
        const gradient = gradientOf(p.beta, p.theta, p);
        return p.theta.map((w, i) => p.beta * (w - p.eta * gradient[i]!));
      },
    },
    {
      tex: tex`= \beta\theta - \beta\eta\cdot\beta\,\nabla J_1(\beta\theta)`,
      value: (p) => {
        const gradient = gradientOf(
          1,
          p.theta.map((w) => p.beta * w),
          p,
        );
        return p.theta.map((w, i) => p.beta * w - p.beta * p.eta * p.beta * gradient[i]!);
      },
    },
    {
      tex: tex`= \theta' - \beta^2\eta\,\nabla J_1(\theta'), \qquad \theta' = \beta\theta`,
      value: (p) => {
        const scaled = p.theta.map((w) => p.beta * w);
        const gradient = gradientOf(1, scaled, p);
        return scaled.map((w, i) => w - p.beta ** 2 * p.eta * gradient[i]!);
      },
    },
  ],
  held: {
    'one step of the engine': ({ beta, eta, theta, x, y }) => {
      const scaled = theta.map((w) => beta * w);
      const start = {
        Theta: [matrix(0, 0), matrix(3, 2, scaled.slice(0, 6)), matrix(1, 3, scaled.slice(6))],
        b: [new Float64Array(0), new Float64Array(3), new Float64Array(1)],
      };
      const data = { X: matrix(1, 2, x), Y: matrix(1, 1, y) };
      const { parameters } = train(plain, start, data, {
        optimizer: gradientDescent({ rate: beta ** 2 * eta }),
        steps: 1,
      });
      return parameters.Theta.flatMap((m) => [...m.data]);
    },
    'differences of the loss': (p) =>
      p.theta.map((w, i) => {
        const along = (at: number) => lossOf(p.beta, p.theta.with(i, at), p);
        return p.beta * (w - p.eta * slopeOf(along, w));
      }),
  },
};

const turn: Derivation<{ beta: number; x: number }> = {
  at(seed) {
    const random = createRandom(seed);
    return { beta: random.uniform(0.3, 4), x: random.uniform(-3, 3) };
  },
  lines: [
    {
      tex: tex`\frac{\partial}{\partial\beta}\bigl(\beta\,\sigma'(\beta x)\bigr) = \sigma'(u) + u\,\sigma''(u), \qquad u = \beta x`,
      value: ({ beta, x }) => slope(beta * x) + beta * x * slopeOf(slope, beta * x),
    },
    {
      tex: tex`= \sigma'(u)\,\bigl(1 + u\,(1 - 2\sigma(u))\bigr)`,
      value: ({ beta, x }) => slope(beta * x) * (1 + beta * x * (1 - 2 * sigma(beta * x))),
    },
    {
      tex: tex`= \sigma'(u)\,\Bigl(1 - u\tanh\frac u2\Bigr)`,
      value: ({ beta, x }) => slope(beta * x) * (1 - beta * x * Math.tanh((beta * x) / 2)),
    },
  ],
  held: {
    'differences of the engine’s slope': ({ beta, x }) => slopeOf((b) => logistic(b).derivative(x), beta),
  },
};

/** The weights of 2ⁿ units, one at each corner of the cube: their mean square is the exact expectation over one unit's weights. */
const cornerUnits = (n: number, deviation: number, x: readonly number[]): number[] => {
  const net = network({ units: [n, 2 ** n], activation: identity, output: linearSquaredError, bias: false });
  const Theta = [matrix(0, 0), matrix(2 ** n, n, corners(n, deviation))];
  const b = [new Float64Array(0), new Float64Array(2 ** n)];
  return [...forward(net, { Theta, b }, matrix(1, n, x)).z[2]!.data];
};

const meanSquare = (values: readonly number[]): number => total(values.length, (i) => values[i]! ** 2) / values.length;

const oneThird: Derivation<{ x: number[] }> = {
  at(seed) {
    const random = createRandom(seed);
    return { x: normals(2 + (seed % 5), random) };
  },
  lines: [
    {
      tex: tex`\E[z^2 \mid x] = \sum_j\sum_k \E[w_jw_k]\,x_jx_k`,
      value: ({ x }) => {
        const a = 1 / Math.sqrt(x.length);
        const moment = (j: number, k: number) => (j === k ? uniformMoment(a, 2) : uniformMoment(a, 1) ** 2);
        return total(x.length, (j) => total(x.length, (k) => moment(j, k) * x[j]! * x[k]!));
      },
    },
    {
      tex: tex`= \E[w^2]\sum_j x_j^2`,
      value: ({ x }) => uniformMoment(1 / Math.sqrt(x.length), 2) * total(x.length, (j) => x[j]! ** 2),
    },
    {
      tex: tex`= \frac{(2/\sqrt n)^2}{12}\sum_j x_j^2 = \frac1{3n}\sum_j x_j^2`,
      value: ({ x }) => total(x.length, (j) => x[j]! ** 2) / (3 * x.length),
    },
  ],
  held: {
    'the engine, over the corners of a cube of weights': ({ x }) =>
      meanSquare(cornerUnits(x.length, 1 / Math.sqrt(3 * x.length), x)),
  },
};

/** A layer of n leaky ReLUs of slope α below 0, whose pre-activations have the variance q, under weights of variance v. */
type Wide = { n: number; alpha: number; q: number; v: number; biasVariance: number };

const wide = (seed: number): Wide => {
  const random = createRandom(seed);
  return {
    n: 2 + random.integer(20),
    alpha: random.uniform(0.05, 1),
    q: random.uniform(0.1, 3),
    v: random.uniform(0.01, 0.5),
    biasVariance: random.uniform(),
  };
};

const forwardRecursion: Derivation<Wide> = {
  at: wide,
  lines: [
    {
      tex: tex`q^{(l+1)} = \sum_j\sum_k \E[\Theta_{ij}\Theta_{ik}]\,\E[a_ja_k] + \E[b_i^2]`,
      value: ({ n, alpha, q, v, biasVariance }) => {
        const g = leakyRelu(alpha).g;
        const mean = gaussian((x) => g(Math.sqrt(q) * x));
        const second = gaussian((x) => g(Math.sqrt(q) * x) ** 2);
        return total(n, (j) => total(n, (k) => (j === k ? v * second : 0 * mean ** 2))) + biasVariance;
      },
    },
    {
      tex: tex`= n\,\Var\Theta\;\E\bigl[g(\sqrt q\,Z)^2\bigr] + \sigma_b^2`,
      value: ({ n, alpha, q, v, biasVariance }) =>
        n * v * gaussian((x) => leakyRelu(alpha).g(Math.sqrt(q) * x) ** 2) + biasVariance,
    },
    {
      tex: tex`= n\,\Var\Theta\;\frac{1+\alpha^2}2\,q + \sigma_b^2`,
      value: ({ n, alpha, q, v, biasVariance }) => n * v * ((1 + alpha ** 2) / 2) * q + biasVariance,
    },
  ],
  held: {
    'the engine': ({ n, alpha, q, v, biasVariance }) =>
      qMap(leakyRelu(alpha), { weightVariance: n * v, biasVariance }, q),
  },
};

/** A hidden leaky ReLU below n units whose errors δ are given, whatever the weights between. */
type Below = { alpha: number; q: number; v: number; delta: number[] };

const backwardRecursion: Derivation<Below> = {
  at(seed) {
    const random = createRandom(seed);
    return {
      alpha: random.uniform(0.05, 1),
      q: random.uniform(0.1, 3),
      v: random.uniform(0.01, 0.5),
      delta: normals(1 + random.integer(4), random),
    };
  },
  lines: [
    {
      tex: tex`d^{(l)} = \E\bigl[g'(\sqrt q\,Z)^2\bigr]\;\sum_i\sum_k \E[\Theta_{ij}\Theta_{kj}]\,\delta_i\,\delta_k`,
      value: ({ alpha, q, v, delta }) =>
        gaussian((x) => leakyRelu(alpha).derivative(Math.sqrt(q) * x) ** 2) *
        total(delta.length, (i) => total(delta.length, (k) => (i === k ? v : 0) * delta[i]! * delta[k]!)),
    },
    {
      tex: tex`= n_{l+1}\,\Var\Theta\;\E\bigl[g'(\sqrt q\,Z)^2\bigr]\;d^{(l+1)}`,
      value: ({ alpha, q, v, delta }) =>
        delta.length * v * gaussian((x) => leakyRelu(alpha).derivative(Math.sqrt(q) * x) ** 2) * meanSquare(delta),
    },
    {
      tex: tex`= n_{l+1}\,\Var\Theta\;\frac{1+\alpha^2}2\;d^{(l+1)}`,
      value: ({ alpha, v, delta }) => delta.length * v * ((1 + alpha ** 2) / 2) * meanSquare(delta),
    },
  ],
  held: {
    'the engine, over the corners of a cube of weights': ({ alpha, q, v, delta }) => {
      const n = delta.length;
      const net = network({ units: [1, 1, n], activation: leakyRelu(alpha), output: linearSquaredError, bias: false });
      const errors = [Math.sqrt(q), -Math.sqrt(q)].flatMap((z) =>
        corners(n, Math.sqrt(v)).map((column) => {
          const parameters = {
            Theta: [matrix(0, 0), matrix(1, 1, z), matrix(n, 1, column)],
            b: [new Float64Array(0), new Float64Array(1), new Float64Array(n)],
          };
          const a = forward(net, parameters, one).a[3]!.data;
          const Y = matrix(
            1,
            n,
            delta.map((d, i) => a[i]! - d),
          );
          return backward(net, parameters, one, Y).delta[2]!.data[0]!;
        }),
      );
      return meanSquare(errors);
    },
  },
};

type Shift = { Theta: number[]; u: number[] };

const shift: Derivation<Shift> = {
  at(seed) {
    const random = createRandom(seed);
    const n = 1 + random.integer(6);
    return { Theta: normals(n, random), u: normals(n, random) };
  },
  lines: [
    {
      tex: tex`z = 4\,\Theta\,\sigma(2u) - 2\,\Theta\mathbf 1`,
      value: ({ Theta, u }) =>
        total(u.length, (j) => 4 * Theta[j]! * sigma(2 * u[j]!)) - total(u.length, (j) => 2 * Theta[j]!),
    },
    {
      tex: tex`= 2\,\Theta\,(1 + \tanh u) - 2\,\Theta\mathbf 1`,
      value: ({ Theta, u }) =>
        total(u.length, (j) => 2 * Theta[j]! * (1 + Math.tanh(u[j]!))) - total(u.length, (j) => 2 * Theta[j]!),
    },
    { tex: tex`= 2\,\Theta\tanh u`, value: ({ Theta, u }) => total(u.length, (j) => 2 * Theta[j]! * Math.tanh(u[j]!)) },
  ],
  held: {
    'twice the engine’s tanh layer': ({ Theta, u }) => {
      const n = u.length;
      const net = network({ units: [n, n, 1], activation: tanh, output: linearSquaredError, bias: false });
      const diagonal = matrix(
        n,
        n,
        Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? u[i % n]! : 0)),
      );
      const parameters = {
        Theta: [matrix(0, 0), diagonal, matrix(1, n, Theta)],
        b: [new Float64Array(0), new Float64Array(n), new Float64Array(1)],
      };
      return 2 * forward(net, parameters, matrix(1, n, 1)).z[3]!.data[0]!;
    },
  },
};

export default {
  'matched-delta': matchedDelta,
  gain,
  turn,
  'one-third': oneThird,
  'forward-recursion': forwardRecursion,
  'backward-recursion': backwardRecursion,
  shift,
  'residual-delta': residualDelta,
  'norm-delta': normDelta,
};
