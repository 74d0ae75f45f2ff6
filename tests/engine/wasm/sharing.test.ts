/** The cache of compiled modules: what shares a module, what is dropped, and how much memory instances take. */
import { expect, test } from 'vitest';
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
import { canCompile } from '../../../src/engine/wasm/compile.ts';
import { compile } from '../../../src/engine/wasm/instance-cache.ts';
import { examples, startOf } from './examples.ts';

const precision = 'float64';
const small = () => network({ units: [2, 3, 1], activation: tanh, output: logisticCrossEntropy });

test('networks of one shape share a module, whatever the rate', () => {
  const instance = compile({ net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.1 }), precision });
  const schedule = (step: number) => 1 / (1 + step);
  const same = compile({ net: small(), batch: 8, optimizer: gradientDescent({ rate: 0.2, schedule }), precision });
  expect(same).toBe(instance);
});

test('shapes with different code do not share a module', () => {
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

test('of more than sixteen shapes the least recently used is dropped', () => {
  const optimizer = gradientDescent({ rate: 0.1 });
  const of = (batch: number) => compile({ net: small(), batch, optimizer, precision });
  const shapes = Array.from({ length: 16 }, (_, k) => 100 + k);
  const instances = shapes.map(of);
  expect(shapes.map(of).every((instance, k) => instance === instances[k])).toBe(true);
  of(shapes[0]!);
  of(200);
  expect(of(shapes[0]!)).toBe(instances[0]);
  expect(of(shapes[2]!)).toBe(instances[2]);
  expect(of(shapes[1]!)).not.toBe(instances[1]);
});

test('a network with too many outputs to unroll trains on the reference implementation', () => {
  const wide = (outputs: number) => network({ units: [1, outputs], activation: [], output: logisticCrossEntropy });
  expect([1, 128, 129].map((outputs) => canCompile(wide(outputs)))).toEqual([true, true, false]);
  const run = train(wide(129), startOf(wide(129)), examples(wide(129), 2), {
    optimizer: gradientDescent({ rate: 1 }),
    steps: 2,
  });
  expect(run.J[2]).toBeLessThan(run.J[0]!);
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
