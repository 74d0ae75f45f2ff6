/** Both doors of a training, side by side. */
import { expect } from 'vitest';
import { compile } from '../../../src/engine/compile/compile.ts';
import { trainCompiled } from '../../../src/engine/compile/index.ts';
import { readParameters } from '../../../src/engine/compile/instance.ts';
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
  trainSpecification,
} from '../../../src/engine/index.ts';
import { bits, bitsOf } from './examples.ts';

/** Both doors give the same J, Θ and snapshots of Θ, to the last bit. Options are made anew for each, since `order` is used up. */
export function expectSameBits(net: Network, data: Data, options: () => TrainOptions): Run {
  // Biases are drawn too: at 0 it could not be told whether the compiled door was handed them.
  const bias = net.bias ? { bias: lecunNormal } : {};
  const start = initialise(net, { weights: lecunNormal, ...bias }, createRandom(net.units.length));
  const compiled = trainCompiled(net, start, data, options());
  const specified = trainSpecification(net, start, data, options());
  expect(compiled.diverged).toEqual(specified.diverged);
  expect(bits(compiled.J)).toEqual(bits(specified.J));
  expect(bitsOf(compiled.parameters)).toEqual(bitsOf(specified.parameters));
  const snapshots = (run: Run) => run.snapshots.map(({ step, parameters }) => ({ step, bits: bitsOf(parameters) }));
  expect(snapshots(compiled)).toEqual(snapshots(specified));
  return compiled;
}

/**
 * Both doors give the same gradient, to the last bit: it is read from the memory where a step left it, as a step whose gradient
 * may be clipped does.
 */
export function expectSameGradient(net: Network, parameters: Parameters, data: Data): void {
  const optimizer = gradientDescent({ rate: 0.1, clipNorm: 1 });
  trainCompiled(net, parameters, data, { optimizer, steps: 1 });
  const instance = compile({ net, batch: data.X.rows, optimizer, precision: 'float64' });
  const { parameters: block, toGradient } = instance.program.layout;
  const { gradient } = backward(net, parameters, data.X, data.Y);
  expect(bitsOf(readParameters(instance, net, block.start + toGradient))).toEqual(bitsOf(gradient));
}
