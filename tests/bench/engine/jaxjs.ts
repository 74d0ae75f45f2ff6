/** jax-js as a contestant: its transformations `valueAndGrad` and `jit` on its WebAssembly device. */
import type { Contestant, Precision } from './contestant.ts';
import { timeOf } from './contestant.ts';
import { RATE, type Workload } from './workloads.ts';

/** The parts used of the library and of its arrays. A method consumes its array unless that is passed as `ref`. */
interface Value {
  readonly ref: Value;
  reshape(shape: readonly number[]): Value;
  add(other: Value): Value;
  sub(other: Value): Value;
  mul(other: Value | number): Value;
  sum(): Value;
  js(): number;
  data(): Promise<unknown>;
  dispose(): void;
}
interface Layer {
  readonly weights: Value;
  readonly biases: Value;
}
type Loss = (layers: Layer[], x: Value, y: Value) => Value;
interface Library {
  init(device: 'wasm'): Promise<unknown>;
  defaultDevice(device: 'wasm'): void;
  jit<F>(f: F): F;
  valueAndGrad(f: Loss): (...args: Parameters<Loss>) => [Value, Layer[]];
  numpy: {
    array(data: Float32Array | Float64Array, options: { dtype: Precision }): Value;
    matmul(a: Value, b: Value): Value;
    tanh(a: Value): Value;
    square(a: Value): Value;
  };
  nn: { sigmoid(a: Value): Value; logSoftmax(a: Value): Value };
}

export async function jaxjs(precision: Precision): Promise<Contestant> {
  const jax = (await import('@jax-js/jax' as string)) as Library;
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  return {
    name: 'jax-js',
    precision,
    async prepare(workload) {
      const { x, y, start, loss } = model(jax, precision, workload);
      let layers = start;
      const gradient = jax.valueAndGrad(loss);
      const step = jax.jit((now: Layer[], inputs: Value, targets: Value) => {
        const held = now.map(({ weights, biases }) => ({ weights: weights.ref, biases: biases.ref }));
        const [cost, gradients] = gradient(now, inputs, targets);
        const next = held.map(({ weights, biases }, i) => ({
          weights: weights.sub(gradients[i]!.weights.mul(RATE)),
          biases: biases.sub(gradients[i]!.biases.mul(RATE)),
        }));
        return [cost, next] as [Value, Layer[]];
      });
      const take = (): Value => {
        const [cost, next] = step(layers, x.ref, y.ref);
        layers = next;
        return cost;
      };
      return {
        cost: take().js(),
        run: (steps) =>
          timeOf(async () => {
            for (let step = 0; step < steps; step++) take().dispose();
            await layers[0]!.weights.ref.data();
          }),
        end() {
          for (const { weights, biases } of layers) for (const value of [weights, biases]) value.dispose();
          x.dispose();
          y.dispose();
        },
      };
    },
  };
}

function model(jax: Library, precision: Precision, { net, start, data: { X, Y } }: Workload) {
  const np = jax.numpy;
  const array = (data: Float64Array, shape: readonly number[]): Value =>
    np.array(precision === 'float32' ? Float32Array.from(data) : data, { dtype: precision }).reshape(shape);
  const layers = start.Theta.slice(1).map(({ rows, cols, data }, i) => {
    const transposed = data.map((_, at) => data[(at % rows) * cols + Math.floor(at / rows)]!);
    return { weights: array(transposed, [cols, rows]), biases: array(start.b[i + 1]!, [rows]) };
  });
  const m = X.rows;
  const loss: Loss = (now, x, y) => {
    const z = now.reduce((input, { weights, biases }, i) => {
      const sums = np.matmul(input, weights).add(biases);
      return i < now.length - 1 ? np.tanh(sums) : sums;
    }, x);
    if (net.units.at(-1)! > 1)
      return jax.nn
        .logSoftmax(z)
        .mul(y)
        .sum()
        .mul(-1 / m);
    return np
      .square(jax.nn.sigmoid(z).sub(y))
      .sum()
      .mul(0.5 / m);
  };
  return { x: array(X.data, [m, X.cols]), y: array(Y.data, [m, Y.cols]), start: layers, loss };
}
