/** The workloads of the benchmark: full-batch gradient descent on networks of tanh units. */
import {
  createRandom,
  type Data,
  initialise,
  lecunNormal,
  logisticSquaredError,
  matrix,
  type Network,
  network,
  type Parameters,
  softmaxCrossEntropy,
  tanh,
} from '../../../src/engine/index.ts';

export const RATE = 0.01;

/** One output is logistic with ½ squared error, several are softmax with cross-entropy. */
export interface Workload {
  readonly name: string;
  readonly net: Network;
  readonly start: Parameters;
  readonly data: Data;
}

export function workload(units: readonly number[], batch: number, name = `${units.join('-')}, ${batch}`): Workload {
  const classes = units.at(-1)!;
  const net = network({
    units,
    activation: tanh,
    output: classes === 1 ? logisticSquaredError : softmaxCrossEntropy,
  });
  const random = createRandom(batch);
  const X = matrix(
    batch,
    units[0]!,
    Array.from({ length: batch * units[0]! }, () => random.normal()),
  );
  const Y = matrix(batch, classes);
  for (let e = 0; e < batch; e++) {
    const answer = random.integer(Math.max(2, classes));
    if (classes > 1) Y.data[e * classes + answer] = 1;
    else Y.data[e] = answer;
  }
  return { name, net, start: startFrom(net, 0), data: { X, Y } };
}

export const startFrom = (net: Network, seed: number): Parameters =>
  initialise(net, { weights: lecunNormal }, createRandom(seed));

export const workloads = (): Workload[] => [
  workload([2, 8, 1], 64),
  workload([2, 16, 16, 3], 300),
  workload([64, 32, 10], 500),
  workload([400, 25, 10], 1000),
  workload([784, 256, 128, 10], 128),
  workload([64, ...new Array<number>(20).fill(100), 10], 256, '64-(20 × 100)-10, 256'),
];

/** Multiply-adds per step: for z, the gradient, and δ of the hidden layers. */
export function multiplyAdds({ net, data }: Workload): number {
  const perExample = net.units.slice(1).reduce((sum, n, i) => sum + n * net.units[i]! * (i === 0 ? 2 : 3), 0);
  return data.X.rows * perExample;
}
