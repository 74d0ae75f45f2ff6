/**
 * The WebAssembly backend: compiles a network, a batch size and an optimiser to a module that runs whole trainings.
 *
 *     network, batch, optimiser ─ program ─▶ module ─ instance ─▶ memory, run ─ train-compiled ─▶ what `train` returns
 *        formulas ─▶ formula-graph ─▶ vectorize ─┐
 *        memory-layout (addresses) ──────────────┴▶ kernels: product, activation, output, gradient, update
 *                                                   ─▶ passes ─▶ training-loop ─▶ module (bytes)
 *
 * All trainings of a shape share its module and memory, which is safe because a training ends before its call returns.
 */
import type { Instance } from './instance.ts';
import { instantiate } from './instance.ts';
import type { Shape } from './program.ts';
import { assemble, keyOf } from './program.ts';

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
