/**
 * The derivations of “Random initialisation breaks symmetry”, as they are executed at each build: a line is its TeX and
 * a function that computes it, written as the TeX reads. The last line is held against the engine and against
 * differences of J.
 */

import type { Derivation } from 'astro-measured/derivation';
import {
  backward,
  createRandom,
  logistic,
  logisticCrossEntropy,
  matrix,
  network,
  type Random,
  toRows,
  transpose,
} from 'astro-measured/engine';
import {
  centralDifference,
  dot,
  form,
  mean,
  meanOf,
  meanVector,
  ones,
  outer,
  scaled,
  secondDifference,
  sum,
  zeros,
} from './derivations/algebra.ts';
import {
  anywhere,
  bend,
  blocks,
  differences,
  engineGradient,
  g,
  oneNumberEach,
  type Perturbed,
  type Point,
  parametersOf,
  perturbed,
  type Symmetric,
  slope,
  symmetric,
} from './derivations/symmetry.ts';

const tex = String.raw;

/** A derivation whose points are drawn from one stream of chance each. */
const derivation = <P>({ at, ...rest }: Omit<Derivation<P>, 'at'> & { at: (random: Random) => P }): Derivation<P> => ({
  ...rest,
  at: (seed) => at(createRandom(seed)),
});

type OneUnit = { readonly z: number; readonly y: number };
const oneUnit = network({ units: [1, 1], activation: [], output: logisticCrossEntropy });
const throughEngine = ({ z, y }: OneUnit) =>
  backward(oneUnit, parametersOf([[[z]]], [[0]]), matrix(1, 1, 1), matrix(1, 1, y));
const sigma = logistic();

export default {
  'output-delta': derivation<OneUnit>({
    at: (random) => ({ z: random.normal(0, 2), y: random.uniform() }),
    lines: [
      {
        tex: tex`\delta = \frac{\partial J}{\partial a}\, \sigma'(z) = \Bigl( -\frac{y}{a} + \frac{1-y}{1-a} \Bigr)\, \sigma'(z)`,
        value: ({ z, y }) => [(-y / sigma.g(z) + (1 - y) / (1 - sigma.g(z))) * sigma.derivative(z)],
      },
      {
        tex: tex`= \Bigl( -\frac{y}{a} + \frac{1-y}{1-a} \Bigr)\, a (1 - a)`,
        value: ({ z, y }) => {
          const a = sigma.g(z);
          return [(-y / a + (1 - y) / (1 - a)) * a * (1 - a)];
        },
      },
      { tex: tex`= -y\,(1 - a) + (1 - y)\, a`, value: ({ z, y }) => [-y * (1 - sigma.g(z)) + (1 - y) * sigma.g(z)] },
      { tex: tex`= a - y`, value: ({ z, y }) => [sigma.g(z) - y] },
    ],
    held: {
      'the engine': (point) => [...throughEngine(point).delta[2]!.data],
      'central differences': ({ z, y }) => [centralDifference((change) => throughEngine({ z: z + change, y }).J)],
    },
  }),

  'hidden-delta': derivation<Point>({
    at: anywhere,
    lines: [
      {
        tex: tex`\delta^{(l)}_i = \sum_k \frac{\partial J}{\partial z^{(l+1)}_k}\, \frac{\partial z^{(l+1)}_k}{\partial z^{(l)}_i}`,
        value: ({ Theta, z, delta }) =>
          z[2]![0]!.map((_, i) =>
            sum(
              delta[3]![0]!.map((deltaK, k) => {
                const zk = (change: number) =>
                  sum(Theta[2]![k]!.map((weight, j) => weight * g(z[2]![0]![j]! + (j === i ? change : 0))));
                return deltaK * centralDifference(zk);
              }),
            ),
          ),
      },
      {
        tex: tex`= \sum_k \delta^{(l+1)}_k\, \Theta^{(l)}_{ki}\, g'\bigl(z^{(l)}_i\bigr)`,
        value: ({ Theta, z, delta }) =>
          z[2]![0]!.map((zi, i) => sum(delta[3]![0]!.map((deltaK, k) => deltaK * Theta[2]![k]![i]! * slope(zi)))),
      },
      {
        tex: tex`= \Bigl( \bigl( (\Theta^{(l)})^{\mathsf T} \delta^{(l+1)} \bigr) \odot g'\bigl(z^{(l)}\bigr) \Bigr)_i`,
        value: ({ parameters, z, delta }) =>
          toRows(transpose(parameters.Theta[2]!)).map((column, i) => dot(column, delta[3]![0]!) * slope(z[2]![0]![i]!)),
      },
    ],
    held: {
      'the engine': ({ delta }) => delta[2]![0]!,
      // z^(2) moves with its bias: the gradient of J with respect to b^(1) from the first example alone.
      'central differences': ({ net, parameters, data }) => {
        const one = {
          X: matrix(1, data.X.cols, data.X.data.slice(0, data.X.cols)),
          Y: matrix(1, data.Y.cols, data.Y.data.slice(0, data.Y.cols)),
        };
        return [...parameters.b[1]!.keys()].map((i) =>
          centralDifference((change) => {
            const b = parameters.b.with(1, parameters.b[1]!.with(i, parameters.b[1]![i]! + change));
            return backward(net, { ...parameters, b }, one.X, one.Y).J;
          }),
        );
      },
    },
  }),

  'weight-gradient': derivation<Point>({
    at: anywhere,
    lines: [
      {
        tex: tex`\frac{\partial J}{\partial \Theta^{(l)}_{ij}} = \frac1m \sum_{\text{examples}} \sum_k \delta^{(l+1)}_k\, \frac{\partial z^{(l+1)}_k}{\partial \Theta^{(l)}_{ij}}`,
        value: ({ a, delta }) => {
          // ∂z_k/∂Θ_ij is a_j where k = i, and 0 elsewhere
          const layer = delta[3]![0]!.map((_, i) =>
            a[2]![0]!.map((_, j) =>
              mean(delta[3]!.map((d, e) => sum(d.map((dk, k) => dk * (k === i ? a[2]![e]![j]! : 0))))),
            ),
          );
          return layer.flat();
        },
      },
      {
        tex: tex`= \frac1m \sum_{\text{examples}} \delta^{(l+1)}_i\, a^{(l)}_j`,
        value: ({ a, delta }) =>
          delta[3]![0]!.flatMap((_, i) =>
            a[2]![0]!.map((_, j) => mean(delta[3]!.map((d, e) => d[i]! * a[2]![e]![j]!))),
          ),
      },
      {
        tex: tex`= \Bigl( \frac1m \sum_{\text{examples}} \delta^{(l+1)} \bigl(a^{(l)}\bigr)^{\mathsf T} \Bigr)_{ij}`,
        value: ({ a, delta }) => meanOf(delta[3]!.map((d, e) => outer(d, a[2]![e]!))).flat(),
      },
    ],
    held: {
      'the engine': (point) => engineGradient(point, 2),
      'central differences': (point) => differences(point, 2),
    },
  }),

  'symmetric-first': derivation<Symmetric>({
    at: symmetric,
    lines: [
      {
        tex: tex`\frac{\partial J}{\partial \Theta^{(1)}} = \frac1m \sum_{\text{examples}} \delta^{(2)} x^{\mathsf T}`,
        value: ({ a, delta }) => meanOf(delta[2]!.map((d, e) => outer(d, a[1]![e]!))).flat(),
      },
      {
        tex: tex`= \frac1m \sum_{\text{examples}} d_2\, \mathbf 1 x^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          return meanOf(numbers.map(({ d2, x }) => outer(ones(point.net.units[1]!), scaled(d2, x)))).flat();
        },
      },
      {
        tex: tex`= \mathbf 1\, \mathbb E\bigl[d_2\, x\bigr]^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          return outer(ones(point.net.units[1]!), meanVector(numbers.map(({ d2, x }) => scaled(d2, x)))).flat();
        },
      },
    ],
    held: {
      'the engine': (point) => engineGradient(point, 1),
      'central differences': (point) => differences(point, 1),
    },
  }),

  'symmetric-middle': derivation<Symmetric>({
    at: symmetric,
    lines: [
      {
        tex: tex`\frac{\partial J}{\partial \Theta^{(2)}} = \frac1m \sum_{\text{examples}} \delta^{(3)} \bigl(a^{(2)}\bigr)^{\mathsf T}`,
        value: ({ a, delta }) => meanOf(delta[3]!.map((d, e) => outer(d, a[2]![e]!))).flat(),
      },
      {
        tex: tex`= \frac1m \sum_{\text{examples}} d_3\, \alpha_2\, \mathbf 1 \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const [, second, third] = point.net.units as [number, number, number];
          const numbers = oneNumberEach(point);
          return meanOf(numbers.map(({ d3, alpha2 }) => outer(ones(third), scaled(d3 * alpha2, ones(second))))).flat();
        },
      },
      {
        tex: tex`= \mathbb E\bigl[d_3\, \alpha_2\bigr]\, \mathbf 1 \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const [, second, third] = point.net.units as [number, number, number];
          const c = mean(oneNumberEach(point).map(({ d3, alpha2 }) => d3 * alpha2));
          return outer(ones(third), scaled(c, ones(second))).flat();
        },
      },
    ],
    held: {
      'the engine': (point) => engineGradient(point, 2),
      'central differences': (point) => differences(point, 2),
    },
  }),

  'symmetric-last': derivation<Symmetric>({
    at: symmetric,
    lines: [
      {
        tex: tex`\frac{\partial J}{\partial \Theta^{(3)}} = \frac1m \sum_{\text{examples}} \delta^{(4)} \bigl(a^{(3)}\bigr)^{\mathsf T}`,
        value: ({ a, delta }) => meanOf(delta[4]!.map((d, e) => outer(d, a[3]![e]!))).flat(),
      },
      {
        tex: tex`= \frac1m \sum_{\text{examples}} \alpha_3\, \delta^{(4)}\, \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          return meanOf(
            numbers.map(({ alpha3, delta }) => outer(scaled(alpha3, delta), ones(point.net.units[2]!))),
          ).flat();
        },
      },
      {
        tex: tex`= \mathbb E\bigl[\alpha_3\, \delta^{(4)}\bigr]\, \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          return outer(
            meanVector(numbers.map(({ alpha3, delta }) => scaled(alpha3, delta))),
            ones(point.net.units[2]!),
          ).flat();
        },
      },
    ],
    held: {
      'the engine': (point) => engineGradient(point, 3),
      'central differences': (point) => differences(point, 3),
    },
  }),

  'h-anti': derivation<Perturbed>({
    at: perturbed,
    lines: [
      {
        tex: tex`\frac{\mathrm d^2 J}{\mathrm d \varepsilon^2} = \mathbb E\Bigl[ \delta \cdot \sum_i \bigl( v\, g''(s)\, (p_i \cdot a)^2 + 2\, r_i\, g'(s)\, p_i \cdot a \bigr) \Bigr]`,
        value: ({ w, v, p, r, a, delta }) => [
          mean(
            a.map((x, e) => {
              const s = dot(w, x);
              const bent = v.map((vk, k) =>
                sum(p.map((pi, i) => vk * bend(s) * dot(pi, x) ** 2 + 2 * r[i]![k]! * slope(s) * dot(pi, x))),
              );
              return dot(delta[e]!, bent);
            }),
          ),
        ],
      },
      {
        tex: tex`= \sum_i \Bigl( p_i^{\mathsf T}\, \mathbb E\bigl[(v \cdot \delta)\, g''(s)\, a a^{\mathsf T}\bigr]\, p_i + 2\, p_i^{\mathsf T}\, \mathbb E\bigl[g'(s)\, a \delta^{\mathsf T}\bigr]\, r_i \Bigr)`,
        value: (point) => {
          const { A, B } = blocks(point);
          return [sum(point.p.map((pi, i) => form(pi, A, pi) + 2 * form(pi, B, point.r[i]!)))];
        },
      },
      {
        tex: tex`= \sum_i \begin{pmatrix} p_i \\ r_i \end{pmatrix}^{\!\mathsf T} \begin{pmatrix} A & B \\ B^{\mathsf T} & 0 \end{pmatrix} \begin{pmatrix} p_i \\ r_i \end{pmatrix}`,
        value: (point) => {
          const { A, B } = blocks(point);
          const H = [
            ...A.map((row, i) => [...row, ...B[i]!]),
            ...B[0]!.map((_, k) => [...B.map((row) => row[k]!), ...zeros(B[0]!.length)]),
          ];
          return [sum(point.p.map((pi, i) => form([...pi, ...point.r[i]!], H, [...pi, ...point.r[i]!])))];
        },
      },
    ],
    held: { 'central differences': ({ J }) => [secondDifference(J)] },
  }),
};
