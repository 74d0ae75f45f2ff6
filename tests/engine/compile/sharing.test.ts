import { expect, test } from 'vitest';
import { compile } from '../../../src/engine/compile/compile.ts';
import {
  adam,
  gradientDescent,
  logisticCrossEntropy,
  network,
  relu,
  softmaxCrossEntropy,
  tanh,
  train,
} from '../../../src/engine/index.ts';
import { examples, startOf } from './examples.ts';

const precision = 'float64';
const small = () => network({ units: [2, 3, 1], activation: tanh, output: logisticCrossEntropy });

test('networks of one shape share a module, whatever the rate', () => {
  const instance = compile({ net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.1 }), precision });
  const schedule = (step: number) => 1 / (1 + step);
  const same = compile({ net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.2, schedule }), precision });
  expect(same).toBe(instance);
});

test('what changes the code is not shared', () => {
  const optimizer = gradientDescent({ rate: 0.1 });
  const instance = compile({ net: small(), batch: 8, optimizer, precision });
  const others = [
    { net: small(), batch: 9, optimizer, precision },
    { net: small(), batch: 8, optimizer, precision: 'float32' },
    { net: small(), batch: 8, optimizer: adam({ rate: 0.1 }), precision },
    { net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.1, l2: 0.1 }), precision },
    { net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.1, clipNorm: 1 }), precision },
    { net: { ...small(), bias: false }, batch: 8, optimizer, precision },
    {
      net: network({ units: [2, 3, 1], activation: relu, output: logisticCrossEntropy }),
      batch: 8,
      optimizer,
      precision,
    },
  ] as const;
  for (const other of others) expect(compile(other)).not.toBe(instance);
});

test('a thousand trainings leave the memory as large as the first did', () => {
  const net = small();
  const optimizer = gradientDescent({ rate: 0.1 });
  const data = examples(net, 20);
  const once = () =>
    train(net, startOf(net), data, { optimizer, steps: 5, batch: 6, record: { every: 2, what: ['a'] } });
  once();
  const { memory } = compile({ net, batch: 6, optimizer, precision }).exports;
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 1000; i++) once();
  expect(compile({ net, batch: 6, optimizer, precision }).exports.memory).toBe(memory);
  expect(memory.buffer.byteLength).toBe(before);
});

test('784-256-128-10 with batch 128 takes less than 64 MiB', () => {
  const net = network({ units: [784, 256, 128, 10], activation: tanh, output: softmaxCrossEntropy });
  const optimizer = adam({ rate: 0.001 });
  const run = train(net, startOf(net), examples(net, 128), { optimizer, steps: 1 });
  expect(run.J.every(Number.isFinite)).toBe(true);
  const { memory } = compile({ net, batch: 128, optimizer, precision }).exports;
  expect(memory.buffer.byteLength).toBeLessThan(64 * 1024 * 1024);
});
