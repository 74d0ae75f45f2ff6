/** Networks, parameters and data for the engine's tests. */
import {
  type Activation,
  createRandom,
  elu,
  gelu,
  identity,
  initialise,
  leakyRelu,
  linearSquaredError,
  logistic,
  logisticCrossEntropy,
  logisticSquaredError,
  type Matrix,
  matrix,
  type Network,
  network,
  normal,
  type Output,
  type Parameters,
  type Random,
  relu,
  selu,
  silu,
  sloped,
  softmaxCrossEntropy,
  softplus,
  tanh,
  tanhSquaredError,
} from '../../src/engine/index.ts';
import reference from '../fixtures/reference.json' with { type: 'json' };

export { reference };

export const activations: readonly Activation[] = [
  identity,
  logistic(),
  logistic(2.5),
  tanh,
  relu,
  leakyRelu(),
  leakyRelu(0.2),
  elu(),
  elu(0.7),
  selu,
  gelu,
  silu,
  softplus,
];

export const outputs: readonly Output[] = [
  logisticCrossEntropy,
  logisticSquaredError,
  linearSquaredError,
  tanhSquaredError,
  softmaxCrossEntropy,
  sloped(logisticSquaredError, 2),
];

/** The engine's activations and outputs by the names that the reference file uses. */
const referenceActivations: Record<string, Activation> = { sigmoid: logistic(), tanh };
const referenceOutputs: Record<string, Output> = {
  'sigmoid ce': logisticCrossEntropy,
  'linear mse': linearSquaredError,
};

interface ReferenceNetwork {
  weights: unknown;
  X: number[][];
  Y: number[][];
  hidden: string;
  output: string;
  loss: string;
}

/** Parameters from a list of [Theta, b], the first for l = 1. */
export function parametersOf(layers: readonly (readonly [readonly number[][], readonly number[]])[]): Parameters {
  return {
    Theta: [matrix(0, 0), ...layers.map(([rows]) => matrix(rows.length, rows[0]!.length, rows))],
    b: [new Float64Array(0), ...layers.map(([, b]) => Float64Array.from(b))],
  };
}

/** A network of the reference file, with its parameters and data. */
export function fromReference(r: ReferenceNetwork): { net: Network; parameters: Parameters; X: Matrix; Y: Matrix } {
  const parameters = parametersOf(r.weights as [number[][], number[]][]);
  const units = [r.X[0]!.length, ...parameters.b.slice(1).map((b) => b.length)];
  const activation = referenceActivations[r.hidden]!;
  return {
    net: network({ units, activation, output: referenceOutputs[`${r.output} ${r.loss}`]! }),
    parameters,
    X: matrix(r.X.length, units[0]!, r.X),
    Y: matrix(r.Y.length, units.at(-1)!, r.Y),
  };
}

/** Moves scales and shifts from 1 and 0, so that code that ignores them is found out. */
export function moveNorms({ gamma = [], beta = [] }: Parameters, random: Random): void {
  for (const vector of [...gamma, ...beta])
    vector.forEach((x, i) => {
      vector[i] = x + random.normal(0, 0.3);
    });
}

/** A network with random parameters, and m random examples with targets that its output allows. */
export function randomCase(options: {
  units: readonly number[];
  activation: Activation;
  output: Output;
  m: number;
  seed: number;
  bias?: boolean;
  residual?: boolean | readonly boolean[];
  layerNorm?: boolean | readonly boolean[];
}): { net: Network; parameters: Parameters; X: Matrix; Y: Matrix } {
  const { m, seed, ...shape } = options;
  const { units } = shape;
  const random = createRandom(seed);
  const net = network(shape);
  const bias = options.bias === false ? {} : { bias: normal(0.3) };
  const parameters = initialise(net, { weights: normal(0.8), ...bias }, random.split('parameters'));
  moveNorms(parameters, random.split('norms'));
  const data = random.split('data');
  const K = units.at(-1)!;
  const X = matrix(
    m,
    units[0]!,
    Array.from({ length: m * units[0]! }, () => data.normal()),
  );
  const targets = Array.from({ length: m }, () => {
    const one = data.integer(K);
    return Array.from({ length: K }, (_, k) =>
      options.output.targets === 'distribution'
        ? k === one
          ? 1
          : 0
        : options.output.targets === 'probability'
          ? data.integer(2)
          : data.normal(),
    );
  });
  return { net, parameters, X, Y: matrix(m, K, targets) };
}

/** Parameters in the order Theta[1], b[1], Theta[2], …, matrices row by row, then all gamma and all beta. */
export function flatten({ Theta, b, gamma = [], beta = [] }: Parameters): number[] {
  return [...Theta.flatMap((m, l) => [...m.data, ...b[l]!]), ...[...gamma, ...beta].flatMap((v) => [...v])];
}
