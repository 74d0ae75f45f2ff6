/** Expectations that both backends give the same bits. */
import { expect } from 'vitest';
import {
  backward,
  createRandom,
  type Data,
  gradientDescent,
  initialise,
  lecunNormal,
  type Network,
  type Parameters,
  type Run,
  type TrainOptions,
  trainReference,
} from '../../../src/engine/index.ts';
import { readParameters } from '../../../src/engine/wasm/instance.ts';
import { compile } from '../../../src/engine/wasm/instance-cache.ts';
import { trainCompiled } from '../../../src/engine/wasm/train-compiled.ts';
import { moveNorms } from '../examples.ts';
import { bits, bitsOf } from './examples.ts';

/** Both backends give the same J, parameters and snapshots of them, to the last bit. Each gets options of its own, since `order` is used up. */
export function expectSameBits(net: Network, data: Data, options: () => TrainOptions): Run {
  // Biases are drawn too: if all were 0, a backend that ignored them would pass.
  const bias = net.bias ? { bias: lecunNormal } : {};
  const random = createRandom(net.units.length);
  const start = initialise(net, { weights: lecunNormal, ...bias }, random);
  moveNorms(start, random);
  const compiled = trainCompiled(net, start, data, options());
  const reference = trainReference(net, start, data, options());
  expect(compiled.diverged).toEqual(reference.diverged);
  expect(bits(compiled.J)).toEqual(bits(reference.J));
  expect(bitsOf(compiled.parameters)).toEqual(bitsOf(reference.parameters));
  const snapshots = (run: Run) => run.snapshots.map(({ step, parameters }) => ({ step, bits: bitsOf(parameters) }));
  expect(snapshots(compiled)).toEqual(snapshots(reference));
  return compiled;
}

/**
 * Both backends give the same gradient, to the last bit. That of the WebAssembly backend is read from memory after a step with
 * clipping, which stores it.
 */
export function expectSameGradient(net: Network, parameters: Parameters, data: Data): void {
  const optimizer = gradientDescent({ rate: 0.1, clipNorm: 1 });
  trainCompiled(net, parameters, data, { optimizer, steps: 1 });
  const instance = compile({ net, batch: data.X.rows, optimizer, precision: 'float64' });
  const { parameters: block, toGradient } = instance.program.layout;
  const { gradient } = backward(net, parameters, data.X, data.Y);
  expect(bitsOf(readParameters(instance, net, block.start + toGradient))).toEqual(bitsOf(gradient));
}
