/** δ through a residual connection and through layer normalisation, line by line. */
import type { Derivation } from 'astro-measured/derivation';
import {
  backward,
  cost,
  createRandom,
  identity,
  linearSquaredError,
  type Matrix,
  matrix,
  network,
  type Parameters,
  type Random,
  tanh,
} from 'astro-measured/engine';
import { slopeOf, total } from './averages.ts';

const tex = String.raw;
const normals = (n: number, random: Random): number[] => Array.from({ length: n }, () => random.normal());
const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const unitMatrix = (n: number): Matrix =>
  matrix(
    n,
    n,
    indices(n * n).map((at) => (at % (n + 1) === 0 ? 1 : 0)),
  );

/** What the engine and differences of its cost say about ∂J/∂x, where the first matrix hands x on as it is. */
function heldBy(
  net: ReturnType<typeof network>,
  above: readonly Matrix[],
  x: readonly number[],
  y: number,
  norms: Pick<Parameters, 'gamma' | 'beta'> = {},
) {
  const n = x.length;
  const parameters = {
    Theta: [matrix(0, 0), unitMatrix(n), ...above],
    b: [0, ...net.units.slice(1)].map((units) => new Float64Array(units)),
    ...norms,
  };
  const Y = matrix(1, 1, y);
  const J = (at: readonly number[]) => cost(net, parameters, matrix(1, n, at), Y);
  return {
    engine: [...backward(net, parameters, matrix(1, n, x), Y).delta[2]!.data],
    differences: x.map((xi, i) => slopeOf((at) => J(x.with(i, at)), xi)),
  };
}

/** Layer l holds a; layer l+1 adds tanh(Θa) to it; a linear unit with weights w and the squared error stands above. */
type Residual = { a: number[]; Theta: number[][]; w: number[]; y: number };

const slopeAt = ({ a, Theta }: Residual, i: number): number => {
  const g = Math.tanh(total(a.length, (j) => Theta[i]![j]! * a[j]!));
  return 1 - g * g;
};
/** e^(l+1) = w (a^(L) − y). */
const errorAbove = ({ a, Theta, w, y }: Residual): number[] => {
  const top = a.map((ai, i) => ai + Math.tanh(total(a.length, (j) => Theta[i]![j]! * a[j]!)));
  return w.map((wi) => wi * (total(a.length, (k) => w[k]! * top[k]!) - y));
};
const residualHeld = ({ a, Theta, w, y }: Residual) => {
  const n = a.length;
  const options = { activation: [identity, tanh], output: linearSquaredError, residual: [false, true] };
  return heldBy(network({ units: [n, n, n, 1], ...options }), [matrix(n, n, Theta), matrix(1, n, w)], a, y);
};

/** e^(l) = ∂J/∂a^(l) below a residual connection. */
export const residualDelta: Derivation<Residual> = {
  at(seed) {
    const random = createRandom(seed);
    const n = 2 + random.integer(4);
    return { a: normals(n, random), Theta: indices(n).map(() => normals(n, random)), w: normals(n, random), y: 1 };
  },
  lines: [
    {
      tex: tex`e^{(l)}_j = \sum_i e^{(l+1)}_i\,\frac{\partial}{\partial a^{(l)}_j}\Bigl(a^{(l)}_i + g\bigl(z^{(l+1)}_i\bigr)\Bigr)`,
      value(p) {
        const e = errorAbove(p);
        const above = (a: number[], i: number) => a[i]! + Math.tanh(total(a.length, (k) => p.Theta[i]![k]! * a[k]!));
        return p.a.map((aj, j) => total(p.a.length, (i) => e[i]! * slopeOf((at) => above(p.a.with(j, at), i), aj)));
      },
    },
    {
      tex: tex`= e^{(l+1)}_j + \sum_i e^{(l+1)}_i\,g'\bigl(z^{(l+1)}_i\bigr)\,\Theta^{(l)}_{ij}`,
      value(p) {
        const e = errorAbove(p);
        return p.a.map((_, j) => e[j]! + total(p.a.length, (i) => e[i]! * slopeAt(p, i) * p.Theta[i]![j]!));
      },
    },
    {
      tex: tex`= e^{(l+1)}_j + \sum_i \Theta^{(l)}_{ij}\,\delta^{(l+1)}_i`,
      value(p) {
        const e = errorAbove(p);
        const delta = e.map((ei, i) => ei * slopeAt(p, i));
        return p.a.map((_, j) => e[j]! + total(p.a.length, (i) => p.Theta[i]![j]! * delta[i]!));
      },
    },
  ],
  held: {
    'the engine': (p) => residualHeld(p).engine,
    'differences of J': (p) => residualHeld(p).differences,
  },
};

/** A normalised layer of pre-activations z, with g the identity, below a linear unit with weights w and the squared error. */
type Norm = { z: number[]; gamma: number[]; beta: number[]; w: number[]; y: number };

const EPSILON = 1e-5;
const meanOf = (values: readonly number[]): number => total(values.length, (i) => values[i]!) / values.length;
const factorOf = (z: readonly number[]): number =>
  1 / Math.sqrt(meanOf(z.map((zi) => (zi - meanOf(z)) ** 2)) + EPSILON);
const hatOf = (z: readonly number[]): number[] => z.map((zi) => (zi - meanOf(z)) * factorOf(z));
/** c = γ ⊙ ∂J/∂u. */
const scaledErrors = ({ z, gamma, beta, w, y }: Norm): number[] => {
  const hat = hatOf(z);
  const top = total(z.length, (i) => w[i]! * (gamma[i]! * hat[i]! + beta[i]!)) - y;
  return gamma.map((g, i) => g * w[i]! * top);
};
const normHeld = ({ z, gamma, beta, w, y }: Norm) => {
  const n = z.length;
  const net = network({ units: [n, n, 1], activation: identity, output: linearSquaredError, layerNorm: true });
  const at2 = (values: number[]) => [[], [], values, []].map((v) => Float64Array.from(v));
  return heldBy(net, [matrix(1, n, w)], z, y, { gamma: at2(gamma), beta: at2(beta) });
};

/** δ = ∂J/∂z below layer normalisation. */
export const normDelta: Derivation<Norm> = {
  at(seed) {
    const random = createRandom(seed);
    const n = 3 + random.integer(5);
    const [z, gamma, beta, w] = [1, 1, 1, 1].map(() => normals(n, random)) as [number[], number[], number[], number[]];
    return { z, gamma, beta, w, y: random.normal() };
  },
  lines: [
    {
      tex: tex`\delta_i = \sum_k c_k\,\frac{\partial}{\partial z_i}\bigl(r\,(z_k - \mu)\bigr)`,
      value(p) {
        const c = scaledErrors(p);
        return p.z.map((zi, i) => total(c.length, (k) => c[k]! * slopeOf((at) => hatOf(p.z.with(i, at))[k]!, zi)));
      },
    },
    {
      tex: tex`= r\,c_i - \frac rn\sum_k c_k - \frac{r^3}n\,(z_i - \mu)\sum_k c_k\,(z_k - \mu)`,
      value(p) {
        const [c, r, mu, n] = [scaledErrors(p), factorOf(p.z), meanOf(p.z), p.z.length];
        const along = total(n, (k) => c[k]! * (p.z[k]! - mu));
        return p.z.map((zi, i) => r * c[i]! - (r / n) * total(n, (k) => c[k]!) - (r ** 3 / n) * (zi - mu) * along);
      },
    },
    {
      tex: tex`= r\,\bigl(c_i - \overline{c} - \hat z_i\,\overline{c\,\hat z}\bigr)`,
      value(p) {
        const [c, hat, r] = [scaledErrors(p), hatOf(p.z), factorOf(p.z)];
        const along = meanOf(c.map((ck, k) => ck * hat[k]!));
        return c.map((ci, i) => r * (ci - meanOf(c) - hat[i]! * along));
      },
    },
  ],
  held: {
    'the engine': (p) => normHeld(p).engine,
    'differences of J': (p) => normHeld(p).differences,
  },
};
