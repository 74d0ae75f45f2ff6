/**
 * The derivations of “Random initialisation breaks symmetry”, as they are executed at each build: a line is its TeX and
 * a function that computes it, written as the TeX reads. The last line is held against the engine and against
 * differences of J.
 */
import type { Derivation } from '../src/components/derivation.ts';
import {
  backward,
  createRandom,
  type Data,
  forward,
  logistic,
  logisticCrossEntropy,
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
} from '../src/engine/index.ts';

const tex = String.raw;

type Vector = readonly number[];
type Rows = readonly Vector[];

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (terms: Vector): number => terms.reduce((total, term) => total + term, 0);
const mean = (terms: Vector): number => sum(terms) / terms.length;
const dot = (x: Vector, y: Vector): number => sum(x.map((xi, i) => xi * y[i]!));
const outer = (column: Vector, row: Vector): Rows => column.map((x) => row.map((y) => x * y));
const ones = (n: number): Vector => indices(n).map(() => 1);
const zeros = (n: number): Vector => indices(n).map(() => 0);

/** The mean of matrices, one an example. */
const meanOf = (matrices: readonly Rows[]): Rows =>
  matrices[0]!.map((row, i) => row.map((_, j) => mean(matrices.map((m) => m[i]![j]!))));

/** Differences of f around 0 for its first and second derivative, of second and fourth order in h. */
const centralDifference = (f: (change: number) => number, h = 1e-5): number => (f(h) - f(-h)) / (2 * h);
const secondDifference = (f: (change: number) => number, h = 3e-3): number =>
  (-f(2 * h) + 16 * f(h) - 30 * f(0) + 16 * f(-h) - f(-2 * h)) / (12 * h * h);

/** g, g′ and g″ of tanh. */
const g = (s: number): number => tanh.g(s);
const slope = (s: number): number => 1 - g(s) ** 2;
const bend = (s: number): number => -2 * g(s) * slope(s);

/** A network with examples, and what the engine makes of them: matrices as rows, one an example or one a unit. */
type Point = {
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

const parametersOf = (Theta: readonly Rows[], b: readonly Vector[]): Parameters => ({
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
const engineGradient = ({ net, parameters, data }: Point, l: number): number[] => [
  ...backward(net, parameters, data.X, data.Y).gradient.Theta[l]!.data,
];
const differences = ({ net, parameters, data }: Point, l: number): number[] =>
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
function anywhere(random: Random): Point {
  const layers = [1, 2, 3].map((l) => [deep.units[l]!, deep.units[l - 1]!] as const);
  const Theta = layers.map(([rows, cols]) => indices(rows).map(() => normals(random, cols)));
  const b = layers.map(([rows]) => normals(random, rows));
  return pointOf(deep, parametersOf(Theta, b), examples(deep, 4, random));
}

/** A point of 𝒮: Θ^(1) = 1uᵀ, Θ^(2) = c 11ᵀ, Θ^(3) = v1ᵀ, hidden biases β1, any output bias. */
type Symmetric = Point & {
  readonly u: Vector;
  readonly c: number;
  readonly v: Vector;
  readonly beta: readonly [number, number];
  readonly last: Vector;
};

function symmetric(random: Random): Symmetric {
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
function oneNumberEach({ u, c, v, beta, last, data, net }: Symmetric) {
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
type Perturbed = {
  readonly w: Vector;
  readonly v: Vector;
  readonly p: Rows;
  readonly r: Rows;
  readonly a: Rows;
  readonly delta: Rows;
  /** J at w + εp_i, v + εr_i. */
  readonly J: (epsilon: number) => number;
};

function perturbed(random: Random): Perturbed {
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
function blocks({ w, v, a, delta }: Perturbed): { A: Rows; B: Rows } {
  const weighted = (rows: Rows, weight: number): Rows => rows.map((row) => row.map((x) => weight * x));
  return {
    A: meanOf(a.map((x, e) => weighted(outer(x, x), dot(v, delta[e]!) * bend(dot(w, x))))),
    B: meanOf(a.map((x, e) => weighted(outer(x, delta[e]!), slope(dot(w, x))))),
  };
}

const form = (x: Vector, M: Rows, y: Vector): number =>
  dot(
    x,
    M.map((row) => dot(row, y)),
  );

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
      engine: (point) => [...throughEngine(point).delta[2]!.data],
      differences: ({ z, y }) => [centralDifference((change) => throughEngine({ z: z + change, y }).J)],
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
      engine: ({ delta }) => delta[2]![0]!,
      // z^(2) moves with its bias: the gradient of J with respect to b^(1) from the first example alone.
      differences: ({ net, parameters, data }) => {
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
    held: { engine: (point) => engineGradient(point, 2), differences: (point) => differences(point, 2) },
  }),

  'symmetric-set': derivation<Symmetric>({
    at: symmetric,
    lines: [
      {
        tex: tex`\frac{\partial J}{\partial \Theta^{(1)}} = \frac1m \sum \delta^{(2)} x^{\mathsf T}, \quad \frac{\partial J}{\partial \Theta^{(2)}} = \frac1m \sum \delta^{(3)} \bigl(a^{(2)}\bigr)^{\mathsf T}, \quad \frac{\partial J}{\partial \Theta^{(3)}} = \frac1m \sum \delta^{(4)} \bigl(a^{(3)}\bigr)^{\mathsf T}`,
        value: ({ a, delta }) =>
          [1, 2, 3].flatMap((l) => meanOf(delta[l + 1]!.map((d, e) => outer(d, a[l]![e]!))).flat()),
      },
      {
        tex: tex`= \frac1m \sum d_2\, \mathbf 1 x^{\mathsf T}, \quad \frac1m \sum d_3 \alpha_2\, \mathbf 1 \mathbf 1^{\mathsf T}, \quad \frac1m \sum \alpha_3\, \delta^{(4)} \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          const [, second, third] = point.net.units as [number, number, number];
          return [
            meanOf(
              numbers.map(({ d2, x }) =>
                outer(
                  ones(second),
                  x.map((xj) => d2 * xj),
                ),
              ),
            ),
            meanOf(
              numbers.map(({ d3, alpha2 }) =>
                outer(
                  ones(third),
                  ones(second).map(() => d3 * alpha2),
                ),
              ),
            ),
            meanOf(
              numbers.map(({ alpha3, delta }) =>
                outer(
                  delta.map((dk) => alpha3 * dk),
                  ones(third),
                ),
              ),
            ),
          ].flat(2);
        },
      },
      {
        tex: tex`= \mathbf 1\, \mathbb E[d_2 x]^{\mathsf T}, \quad \mathbb E[d_3 \alpha_2]\, \mathbf 1 \mathbf 1^{\mathsf T}, \quad \mathbb E[\alpha_3\, \delta^{(4)}]\, \mathbf 1^{\mathsf T}`,
        value: (point) => {
          const numbers = oneNumberEach(point);
          const [inputs, second, third, outputs] = point.net.units as [number, number, number, number];
          const u = indices(inputs).map((j) => mean(numbers.map(({ d2, x }) => d2 * x[j]!)));
          const c = mean(numbers.map(({ d3, alpha2 }) => d3 * alpha2));
          const v = indices(outputs).map((k) => mean(numbers.map(({ alpha3, delta }) => alpha3 * delta[k]!)));
          return [
            outer(ones(second), u),
            outer(
              ones(third),
              ones(second).map(() => c),
            ),
            outer(v, ones(third)),
          ].flat(2);
        },
      },
    ],
    held: {
      engine: (point) => [1, 2, 3].flatMap((l) => engineGradient(point, l)),
      differences: (point) => [1, 2, 3].flatMap((l) => differences(point, l)),
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
    held: { differences: ({ J }) => [secondDifference(J)] },
  }),
};
