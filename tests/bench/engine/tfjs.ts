/** TensorFlow.js as a contestant, with automatic differentiation and its own optimiser, on its `cpu` and `wasm` backends. */
import { fileURLToPath } from 'node:url';
import type { Contestant } from './contestant.ts';
import { timeOf } from './contestant.ts';
import { RATE, type Workload } from './workloads.ts';

/** The parts used of the library and of its tensors. */
interface Tensor {
  matMul(other: Tensor): Tensor;
  add(other: Tensor): Tensor;
  sub(other: Tensor): Tensor;
  mul(factor: number): Tensor;
  tanh(): Tensor;
  sigmoid(): Tensor;
  square(): Tensor;
  mean(): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}
interface Library {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor2d(data: Float32Array, shape: readonly [number, number]): Tensor;
  tensor1d(data: Float32Array): Tensor;
  variable(tensor: Tensor): Tensor;
  tidy<T>(body: () => T): T;
  train: { sgd(rate: number): { minimize(f: () => Tensor): void } };
  losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
}

export async function tfjs(backend: 'cpu' | 'wasm'): Promise<Contestant> {
  const tf = (await import('@tensorflow/tfjs' as string)) as Library;
  if (backend === 'wasm') {
    const wasm = (await import('@tensorflow/tfjs-backend-wasm' as string)) as { setWasmPaths(path: string): void };
    wasm.setWasmPaths(fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
  }
  const activateBackend = async () => {
    if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend}`);
    await tf.ready();
  };
  await activateBackend();
  return {
    name: `tfjs ${backend}`,
    precision: 'float32',
    async prepare(workload) {
      await activateBackend();
      const { loss, tensors } = model(tf, workload);
      const optimizer = tf.train.sgd(RATE);
      return {
        cost: tf.tidy(() => loss().dataSync()[0]!),
        async run(steps) {
          await activateBackend();
          return timeOf(() => {
            for (let step = 0; step < steps; step++) tf.tidy(() => optimizer.minimize(loss));
            tensors.at(-1)!.dataSync();
          });
        },
        end: () => {
          for (const tensor of tensors) tensor.dispose();
        },
      };
    },
  };
}

function model(tf: Library, { net, start, data: { X, Y } }: Workload): { loss: () => Tensor; tensors: Tensor[] } {
  const single = (data: Float64Array) => Float32Array.from(data);
  const x = tf.tensor2d(single(X.data), [X.rows, X.cols]);
  const y = tf.tensor2d(single(Y.data), [Y.rows, Y.cols]);
  const layers = start.Theta.slice(1).map(({ rows, cols, data }, i) => {
    const transposed = data.map((_, at) => data[(at % rows) * cols + Math.floor(at / rows)]!);
    return {
      weights: tf.variable(tf.tensor2d(single(transposed), [cols, rows])),
      biases: tf.variable(tf.tensor1d(single(start.b[i + 1]!))),
    };
  });
  const loss = () => {
    const z = layers.reduce((input, { weights, biases }, i) => {
      const sums = input.matMul(weights).add(biases);
      return i < layers.length - 1 ? sums.tanh() : sums;
    }, x);
    if (net.units.at(-1)! > 1) return tf.losses.softmaxCrossEntropy(y, z);
    return z.sigmoid().sub(y).square().mul(0.5).mean();
  };
  return { loss, tensors: [x, y, ...layers.flatMap(({ weights, biases }) => [weights, biases])] };
}
