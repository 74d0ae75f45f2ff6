/**
 * The overview of the WebAssembly backend, and its cache of instances, one for each network, batch size, optimiser and
 * precision; `compile.ts` assembles their modules, which run whole trainings.
 *
 *     network, batch, optimiser ─ compile ─▶ module ─ instance ─▶ memory, run ─ train-compiled ─▶ what `train` returns
 *        formulas ─▶ formula-graph ─▶ vectorize ─┐
 *        memory-layout (addresses) ──────────────┴▶ kernels: product, activation, output, gradient, strips, update, …
 *                                                   ─▶ passes ─▶ training-loop ─▶ module (bytes)
 *
 * All trainings of a shape share its module and memory, which is safe because a training ends before its call returns.
 */

import type { Shape } from './compile.ts';
import { assemble, keyOf } from './compile.ts';
import type { Instance } from './instance.ts';
import { instantiate } from './instance.ts';

/** Instances in the order of their last use. */
const instances = new Map<string, Instance>();
/** How many instances are cached; beyond that the least recently used one is dropped. */
const MOST_INSTANCES = 16;

/** The instance for a shape, compiled at the first call and cached. */
export function compile(shape: Shape): Instance {
  const key = keyOf(shape);
  const instance = instances.get(key) ?? instantiate(assemble(shape), shape.batch);
  instances.delete(key);
  instances.set(key, instance);
  const oldest = instances.keys().next();
  if (instances.size > MOST_INSTANCES && !oldest.done) instances.delete(oldest.value);
  return instance;
}
