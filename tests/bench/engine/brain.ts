/**
 * brain.js. It knows neither batches nor softmax: a step is one pass over the examples, a change after each of them, towards the
 * same targets. So it does the same arithmetic, but other training.
 */
import type { Contestant } from './contestant.ts';
import { timeOf } from './contestant.ts';
import { RATE } from './workloads.ts';

interface Example {
  readonly input: number[];
  readonly output: number[];
}
interface Library {
  readonly NeuralNetwork: new (options: {
    hiddenLayers: number[];
    activation: string;
    learningRate: number;
  }) => {
    train(examples: Example[], options: { iterations: number; errorThresh: number; errorCheckInterval: number }): void;
  };
}

export async function brain(): Promise<Contestant> {
  const { default: library } = (await import('brain.js' as string)) as { default: Library };
  return {
    name: 'brain.js',
    precision: 'float32',
    async prepare({ net, data: { X, Y } }) {
      const row = ({ cols, data }: typeof X, e: number) => Array.from(data.subarray(e * cols, (e + 1) * cols));
      const examples = Array.from({ length: X.rows }, (_, e) => ({ input: row(X, e), output: row(Y, e) }));
      const hiddenLayers = net.units.slice(1, -1);
      const model = new library.NeuralNetwork({ hiddenLayers, activation: 'tanh', learningRate: RATE });
      // The error, which costs another pass, is looked at once a run.
      const run = (iterations: number) =>
        model.train(examples, { iterations, errorThresh: 1e-12, errorCheckInterval: iterations + 1 });
      return { run: (steps) => timeOf(() => run(steps)), end() {} };
    },
  };
}
