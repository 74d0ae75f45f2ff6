/** Units that start equal stay equal to the last bit on the WebAssembly backend, whatever the width of their layer. */
import { expect, test } from 'vitest';
import {
  adam,
  createRandom,
  gradientDescent,
  logisticCrossEntropy,
  type Matrix,
  momentum,
  network,
  type Parameters,
  tanh,
  train,
} from '../../../src/engine/index.ts';
import { examples, startOf } from './examples.ts';

const WIDTHS = Array.from({ length: 32 }, (_, i) => i + 2);

/** All rows of the matrix are the same, to the last bit. */
function expectEqualRows({ rows, cols, data }: Matrix): void {
  const first = data.subarray(0, cols);
  for (let i = 1; i < rows; i++) expect(data.subarray(i * cols, (i + 1) * cols)).toEqual(first);
}

/** Parameters with all units of the hidden layer equal to its first. */
function withEqualUnits({ Theta, b }: Parameters): Parameters {
  const [empty, into, out] = Theta as [Matrix, Matrix, Matrix];
  return {
    Theta: [
      empty,
      { ...into, data: into.data.map((_, at) => into.data[at % into.cols]!) },
      { ...out, data: out.data.map((_, at) => out.data[Math.floor(at / out.cols) * out.cols]!) },
    ],
    b,
  };
}

test.each(WIDTHS)('%i units that start equal stay equal for 10,000 steps', (width) => {
  const net = network({ units: [3, width, 2], activation: tanh, output: logisticCrossEntropy });
  const optimizer = [gradientDescent({ rate: 0.5 }), momentum({ rate: 0.1, mu: 0.9 }), adam({ rate: 0.01 })][
    width % 3
  ]!;
  const data = examples(net, 7);
  const { parameters } = train(net, withEqualUnits(startOf(net)), data, {
    optimizer,
    steps: 10_000,
    batch: 5,
    order: createRandom(width),
  });
  const [, into, out] = parameters.Theta as [Matrix, Matrix, Matrix];
  expectEqualRows(into);
  for (let i = 0; i < out.rows; i++) expect(new Set(out.data.subarray(i * out.cols, (i + 1) * out.cols)).size).toBe(1);
  expect(new Set(parameters.b[1]).size).toBe(1);
});
