/**
 * brain.js as a contestant. It has neither batches nor softmax: a step is one pass over the examples with an update after each,
 * towards the same targets. The arithmetic is the same, the training is not.
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
      // The error, which costs another pass, is computed once a run.
      const run = (iterations: number) =>
        model.train(examples, { iterations, errorThresh: 1e-12, errorCheckInterval: iterations + 1 });
      return { run: (steps) => timeOf(() => run(steps)), end() {} };
    },
  };
}
