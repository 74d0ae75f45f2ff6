/**
 * The compiled door: a network, a batch size and an optimiser as a WebAssembly module that runs whole trainings.
 *
 *     network, batch, optimiser ─ program ─▶ module ─ instance ─▶ memory, run ─ training ─▶ what `train` returns
 *        formulas ─▶ formula (graphs) ─▶ vectors ─┐
 *        layout (addresses) ──────────────────────┴▶ product, activation, output, gradient, update (kernels)
 *                                                    ─▶ passes ─▶ loop ─▶ module (bytes)
 *
 * Modules are shared by all trainings of a shape, and so is their memory: a training is over when its call returns.
 */
import type { Instance } from './instance.ts';
import { instantiate } from './instance.ts';
import type { Shape } from './program.ts';
import { assemble, keyOf } from './program.ts';

/** Instances in the order of their last use. */
const instances = new Map<string, Instance>();
/** More shapes than this at a time, and the least recently used one is forgotten. */
const MOST_INSTANCES = 16;

/** The instance for a shape, compiled at the first call and shared from then on. */
export function compile(shape: Shape): Instance {
  const key = keyOf(shape);
  const instance = instances.get(key) ?? instantiate(assemble(shape), shape.batch);
  instances.delete(key);
  instances.set(key, instance);
  const oldest = instances.keys().next();
  if (instances.size > MOST_INSTANCES && !oldest.done) instances.delete(oldest.value);
  return instance;
}
