/** Both doors of a training, side by side. */
import { expect } from 'vitest';
import { trainCompiled } from '../../../src/engine/compile/index.ts';
import { type Data, type Network, type TrainOptions, trainSpecification } from '../../../src/engine/index.ts';
import { bits, bitsOf, startOf } from './examples.ts';

/** Both doors give the same J and Θ, to the last bit. Options are made anew for each, since `order` is used up. */
export function expectSameBits(net: Network, data: Data, options: () => TrainOptions): void {
  const start = startOf(net);
  const compiled = trainCompiled(net, start, data, options());
  const specified = trainSpecification(net, start, data, options());
  expect(compiled.diverged).toEqual(specified.diverged);
  expect(bits(compiled.J)).toEqual(bits(specified.J));
  expect(bitsOf(compiled.parameters)).toEqual(bitsOf(specified.parameters));
}
