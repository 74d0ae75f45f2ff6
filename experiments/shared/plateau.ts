/** The symmetric plateau of a network with one hidden layer, and the Hessian H of differences between its units. */
import {
  backward,
  forward,
  linearSquaredError,
  type Matrix,
  matrix,
  type Network,
  network,
  type Parameters,
  tanh,
} from 'astro-measured/engine';

/** Two tanh units without biases before linear outputs, with ½ squared error. */
export const twoUnits = (inputs: number, outputs: number): Network =>
  network({ units: [inputs, 2, outputs], activation: tanh, output: linearSquaredError, bias: false });

/** The network whose hidden units have the incoming weights w[i] and the outgoing weights v[i]. */
export function fromUnits(w: readonly (readonly number[])[], v: readonly (readonly number[])[]): Parameters {
  const [h, inputs, outputs] = [w.length, w[0]!.length, v[0]!.length];
  const outgoing = Array.from({ length: outputs }, (_, k) => v.map((unit) => unit[k]!));
  return {
    Theta: [matrix(0, 0), matrix(h, inputs, w), matrix(outputs, h, outgoing)],
    b: [new Float64Array(0), new Float64Array(h), new Float64Array(outputs)],
  };
}

/** Unit i as one vector: its incoming weights, then its outgoing ones. */
export function unit({ Theta }: Parameters, i: number): number[] {
  const [, incoming, outgoing] = Theta as [Matrix, Matrix, Matrix];
  return [
    ...incoming.data.subarray(i * incoming.cols, (i + 1) * incoming.cols),
    ...Array.from({ length: outgoing.rows }, (_, k) => outgoing.data[k * outgoing.cols + i]!),
  ];
}

/**
 * H = [[A, B], [Bᵀ, 0]] of identical tanh units without biases: A = E[(v·δ) g″(s) x xᵀ], B = E[g′(s) x δᵀ], from unit 0.
 * For tanh, g″ = −2 g g′.
 */
export function antisymmetricHessian(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  Y: Matrix,
): { H: Matrix; normB: number } {
  const { a } = forward(net, parameters, X);
  const { delta } = backward(net, parameters, X, Y);
  const [n, K, m] = [X.cols, Y.cols, X.rows];
  const v = unit(parameters, 0).slice(n);
  const H = matrix(n + K, n + K);
  let squares = 0;
  for (let e = 0; e < m; e++) {
    const g = a[2]!.data[e * a[2]!.cols]!;
    const slope = 1 - g * g;
    const errors = delta[3]!.data.subarray(e * K, (e + 1) * K);
    const pull = v.reduce((sum, vk, k) => sum + vk * errors[k]!, 0);
    const x = X.data.subarray(e * n, (e + 1) * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) H.data[i * (n + K) + j]! += (pull * -2 * g * slope * x[i]! * x[j]!) / m;
      for (let k = 0; k < K; k++) H.data[i * (n + K) + n + k]! += (slope * x[i]! * errors[k]!) / m;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < K; k++) {
      const b = H.data[i * (n + K) + n + k]!;
      H.data[(n + k) * (n + K) + i] = b;
      squares += b * b;
    }
  }
  return { H, normB: Math.sqrt(squares) };
}

/** The lowest eigenvalue of a symmetric matrix and its unit eigenvector, by power iteration on c − H, c ≥ λ_max. */
export function lowest({ rows: n, data }: Matrix): { value: number; vector: number[] } {
  const apply = (x: readonly number[]) => x.map((_, i) => x.reduce((sum, xj, j) => sum + data[i * n + j]! * xj, 0));
  // The largest row sum of |entries| bounds every eigenvalue (Gershgorin).
  const c = Math.max(
    ...Array.from({ length: n }, (_, i) => data.subarray(i * n, (i + 1) * n).reduce((s, x) => s + Math.abs(x), 0)),
  );
  let vector = Array.from({ length: n }, (_, i) => 1 / (i + 1));
  for (let iteration = 0; iteration < 500; iteration++) {
    const Hx = apply(vector);
    const next = vector.map((x, i) => c * x - Hx[i]!);
    const norm = Math.hypot(...next);
    vector = next.map((x) => x / norm);
  }
  const value = apply(vector).reduce((sum, x, i) => sum + x * vector[i]!, 0);
  return { value, vector };
}
