/** Networks, data and trainings for the tests of the WebAssembly backend. */
import {
  adam,
  adamW,
  createRandom,
  type Data,
  elu,
  gelu,
  gradientDescent,
  identity,
  initialise,
  leakyRelu,
  lecunNormal,
  linearSquaredError,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  matrix,
  momentum,
  type Network,
  nesterov,
  type Parameters,
  relu,
  rmsProp,
  selu,
  silu,
  softmaxCrossEntropy,
  softplus,
  tanh,
  tanhSquaredError,
} from '../../../src/engine/index.ts';

export const activations = [
  identity,
  logistic(),
  logistic(2),
  tanh,
  relu,
  leakyRelu(),
  elu(),
  selu,
  gelu,
  silu,
  softplus,
];

export const outputs = [
  linearSquaredError,
  logisticCrossEntropy,
  logisticSquaredError,
  softmaxCrossEntropy,
  tanhSquaredError,
];

export const optimizers = [
  gradientDescent({ rate: 0.1 }),
  gradientDescent({ rate: 0.1, l2: 0.01, clipNorm: 0.1, schedule: (step) => 1 / (1 + step) }),
  momentum({ rate: 0.05, mu: 0.9 }),
  nesterov({ rate: 0.05, mu: 0.9, clipNorm: 1 }),
  rmsProp({ rate: 0.01, l2: 0.001 }),
  adam({ rate: 0.01 }),
  adamW({ rate: 0.01 }),
];

/** m examples with targets that any output allows: inputs from a normal distribution, targets one-hot. */
export function examples(net: Network, m: number): Data {
  const random = createRandom(m);
  const inputs = net.units[0]!;
  const classes = net.units.at(-1)!;
  const X = matrix(
    m,
    inputs,
    Array.from({ length: m * inputs }, () => random.normal()),
  );
  const Y = matrix(m, classes);
  for (let e = 0; e < m; e++) Y.data[e * classes + random.integer(classes)] = 1;
  return { X, Y };
}

export const startOf = (net: Network): Parameters =>
  initialise(net, { weights: lecunNormal }, createRandom(net.units.length));

/** The bits of all parameters, so that −0 differs from 0 and a NaN equals a NaN. */
export function bitsOf({ Theta, b, gamma = [], beta = [] }: Parameters): Uint32Array[] {
  return [...Theta.map(({ data }) => data), ...b, ...gamma, ...beta].map(bits);
}

/** The bits of numbers; all NaN count as one. */
export function bits(numbers: Float64Array): Uint32Array {
  return new Uint32Array(numbers.map((x) => (Number.isNaN(x) ? NaN : x)).buffer);
}
