/** Snapshots of parameters, z and a are those of the reference implementation, and recording does not change the training. */
import { expect, test } from 'vitest';
import {
  adam,
  createRandom,
  type Matrix,
  network,
  type Run,
  softmaxCrossEntropy,
  trainReference,
} from '../../../src/engine/index.ts';
import { trainCompiled } from '../../../src/engine/wasm/train-compiled.ts';
import { activations, bits, bitsOf, examples, startOf } from './examples.ts';

const net = network({
  units: [3, 5, 4, 2],
  activation: [activations[3]!, activations[8]!],
  output: softmaxCrossEntropy,
});
const data = examples(net, 11);

const both = (options: () => Omit<Parameters<typeof trainCompiled>[3], 'optimizer'>): readonly [Run, Run] => {
  const optimizer = adam({ rate: 0.05 });
  const start = startOf(net);
  return [
    trainCompiled(net, start, data, { optimizer, ...options() }),
    trainReference(net, start, data, { optimizer, ...options() }),
  ];
};

const bitsOfAll = (matrices: readonly Matrix[] | undefined) => matrices?.map(({ data }) => bits(data));

function expectSameSnapshots(compiled: Run, reference: Run): void {
  expect(compiled.snapshots.map(({ step }) => step)).toEqual(reference.snapshots.map(({ step }) => step));
  compiled.snapshots.forEach((snapshot, i) => {
    const expected = reference.snapshots[i]!;
    expect(bitsOf(snapshot.parameters)).toEqual(bitsOf(expected.parameters));
    expect(bitsOfAll(snapshot.a)).toEqual(bitsOfAll(expected.a));
    expect(bitsOfAll(snapshot.z)).toEqual(bitsOfAll(expected.z));
  });
}

test.each([undefined, 11, 4, 1])(
  'snapshots of Θ, a and z are those of the reference implementation, batch %s',
  (batch) => {
    const [compiled, reference] = both(() => ({
      steps: 20,
      ...(batch === undefined ? {} : { batch, order: createRandom(1) }),
      record: { every: 7, at: [0, 3, 20], what: ['Theta', 'a', 'z'] },
    }));
    expect(compiled.snapshots).toHaveLength(5);
    expectSameSnapshots(compiled, reference);
  },
);

test('recording a training changes none of its bits', () => {
  const [recorded] = both(() => ({ steps: 50, record: { every: 1, what: ['a'] } }));
  const [alone] = both(() => ({ steps: 50 }));
  expect(bits(recorded.J)).toEqual(bits(alone.J));
  expect(bitsOf(recorded.parameters)).toEqual(bitsOf(alone.parameters));
});

test('all snapshots are returned, also where the buffers hold fewer at a time', () => {
  const wide = network({ units: [3, 300, 200, 2], activation: activations[4]!, output: softmaxCrossEntropy });
  const run = trainCompiled(wide, startOf(wide), data, {
    optimizer: adam({ rate: 0.01 }),
    steps: 20,
    record: { every: 1 },
  });
  expect(run.snapshots.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, step) => step));
  expect(bitsOf(run.snapshots.at(-1)!.parameters)).toEqual(bitsOf(run.parameters));
  expect(bitsOf(run.snapshots[0]!.parameters)).toEqual(bitsOf(startOf(wide)));
});
