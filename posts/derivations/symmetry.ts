/**
 * Points at which the symmetry article's derivations are evaluated: any parameters, parameters in 𝒮, and identical units
 * with a perturbation.
 */
import {
  backward,
  type Data,
  forward,
  type Matrix,
  matrix,
  type Network,
  network,
  type Parameters,
  type Random,
  softmaxCrossEntropy,
  tanh,
  toRows,
  transpose,
} from 'astro-measured/engine';
import {
  centralDifference,
  dot,
  indices,
  mean,
  meanOf,
  ones,
  outer,
  type Rows,
  sum,
  type Vector,
  zeros,
} from './algebra.ts';

/** g, g′ and g″ of tanh. */
export const g = (s: number): number => tanh.g(s);
export const slope = (s: number): number => 1 - g(s) ** 2;
export const bend = (s: number): number => -2 * g(s) * slope(s);

/** A network with examples, and what the engine makes of them: matrices as rows, one an example or one a unit. */
export type Point = {
  readonly net: Network;
  readonly parameters: Parameters;
  readonly data: Data;
  readonly Theta: readonly Rows[];
  readonly z: readonly Rows[];
  readonly a: readonly Rows[];
  readonly delta: readonly Rows[];
};

const normals = (random: Random, n: number): Vector => indices(n).map(() => random.normal());

function examples(net: Network, m: number, random: Random): Data {
  const [inputs, outputs] = [net.units[0]!, net.units.at(-1)!];
  const X = indices(m).map(() => normals(random, inputs));
  const Y = indices(m).map(() => {
    const winner = random.integer(outputs);
    return indices(outputs).map((k) => (k === winner ? 1 : 0));
  });
  return { X: matrix(m, inputs, X), Y: matrix(m, outputs, Y) };
}

export const parametersOf = (Theta: readonly Rows[], b: readonly Vector[]): Parameters => ({
  Theta: [matrix(0, 0), ...Theta.map((rows) => matrix(rows.length, rows[0]!.length, rows))],
  b: [new Float64Array(0), ...b.map((v) => Float64Array.from(v))],
});

function pointOf(net: Network, parameters: Parameters, data: Data): Point {
  const { z, a } = forward(net, parameters, data.X);
  const { delta } = backward(net, parameters, data.X, data.Y);
  const rows = (matrices: readonly Matrix[]): Rows[] => matrices.map(toRows);
  return { net, parameters, data, Theta: rows(parameters.Theta), z: rows(z), a: rows(a), delta: rows(delta) };
}

/** ∂J/∂Θ^(l) by the engine and by central differences of J, row after row. */
export const engineGradient = ({ net, parameters, data }: Point, l: number): number[] => [
  ...backward(net, parameters, data.X, data.Y).gradient.Theta[l]!.data,
];
export const differences = ({ net, parameters, data }: Point, l: number): number[] =>
  [...parameters.Theta[l]!.data.keys()].map((at) =>
    centralDifference((change) => {
      const Theta = parameters.Theta.map((m, layer) =>
        layer === l ? { ...m, data: m.data.with(at, m.data[at]! + change) } : m,
      );
      return backward(net, { ...parameters, Theta }, data.X, data.Y).J;
    }),
  );

const deep = network({ units: [3, 4, 5, 3], activation: tanh, output: softmaxCrossEntropy });

/** Any parameters of a network with two hidden layers. */
export function anywhere(random: Random): Point {
  const layers = [1, 2, 3].map((l) => [deep.units[l]!, deep.units[l - 1]!] as const);
  const Theta = layers.map(([rows, cols]) => indices(rows).map(() => normals(random, cols)));
  const b = layers.map(([rows]) => normals(random, rows));
  return pointOf(deep, parametersOf(Theta, b), examples(deep, 4, random));
}

/** A point of 𝒮: Θ^(1) = 1uᵀ, Θ^(2) = c 11ᵀ, Θ^(3) = v1ᵀ, hidden biases β1, any output bias. */
export type Symmetric = Point & {
  readonly u: Vector;
  readonly c: number;
  readonly v: Vector;
  readonly beta: readonly [number, number];
  readonly last: Vector;
};

export function symmetric(random: Random): Symmetric {
  const [inputs, second, third, outputs] = deep.units as [number, number, number, number];
  const [u, v, last] = [normals(random, inputs), normals(random, outputs), normals(random, outputs)];
  const [c, beta1, beta2] = [random.normal(), random.normal(), random.normal()];
  const Theta = [
    outer(ones(second), u),
    outer(
      ones(third),
      indices(second).map(() => c),
    ),
    outer(v, ones(third)),
  ];
  const b = [ones(second).map(() => beta1), ones(third).map(() => beta2), last];
  const point = pointOf(deep, parametersOf(Theta, b), examples(deep, 4, random));
  return { ...point, u, c, v, beta: [beta1, beta2], last };
}

/** The numbers that describe one example in 𝒮: α_2, α_3 (activations), d_2, d_3 (errors), and δ^(L). */
export function oneNumberEach({ u, c, v, beta, last, data, net }: Symmetric) {
  const [, second, third] = net.units as [number, number, number];
  return toRows(data.X).map((x, e) => {
    const s2 = dot(u, x) + beta[0];
    const s3 = c * second * g(s2) + beta[1];
    const output = v.map((vk, k) => vk * third * g(s3) + last[k]!);
    const total = sum(output.map(Math.exp));
    const delta = output.map((zk, k) => Math.exp(zk) / total - toRows(data.Y)[e]![k]!);
    const d3 = dot(v, delta) * slope(s3);
    const d2 = c * third * d3 * slope(s2);
    return { x, alpha2: g(s2), alpha3: g(s3), d2, d3, delta };
  });
}

const shallow = network({ units: [2, 3, 2], activation: tanh, output: softmaxCrossEntropy, bias: false });

/** Identical units (w, v), and perturbations p_i, r_i that cancel. */
export type Perturbed = {
  readonly w: Vector;
  readonly v: Vector;
  readonly p: Rows;
  readonly r: Rows;
  readonly a: Rows;
  readonly delta: Rows;
  /** J at w + εp_i, v + εr_i. */
  readonly J: (epsilon: number) => number;
};

export function perturbed(random: Random): Perturbed {
  const [inputs, units, outputs] = shallow.units as [number, number, number];
  const cancelling = (n: number): Rows => {
    const rows = indices(units).map(() => normals(random, n));
    return rows.map((row) => row.map((x, j) => x - mean(rows.map((other) => other[j]!))));
  };
  const [w, v] = [normals(random, inputs), normals(random, outputs)];
  const [p, r] = [cancelling(inputs), cancelling(outputs)];
  const data = examples(shallow, 5, random);
  const at = (epsilon: number): Parameters => {
    const incoming = p.map((pi) => w.map((x, j) => x + epsilon * pi[j]!));
    const outgoing = r.map((ri) => v.map((x, k) => x + epsilon * ri[k]!));
    return parametersOf(
      [incoming, toRows(transpose(matrix(units, outputs, outgoing)))],
      [zeros(units), zeros(outputs)],
    );
  };
  const { a, delta } = pointOf(shallow, at(0), data);
  return { w, v, p, r, a: a[1]!, delta: delta[3]!, J: (epsilon) => backward(shallow, at(epsilon), data.X, data.Y).J };
}

/** A = E[(v·δ) g″(s) a aᵀ] and B = E[g′(s) a δᵀ]. */
export function blocks({ w, v, a, delta }: Perturbed): { A: Rows; B: Rows } {
  const weighted = (rows: Rows, weight: number): Rows => rows.map((row) => row.map((x) => weight * x));
  return {
    A: meanOf(a.map((x, e) => weighted(outer(x, x), dot(v, delta[e]!) * bend(dot(w, x))))),
    B: meanOf(a.map((x, e) => weighted(outer(x, delta[e]!), slope(dot(w, x))))),
  };
}
