/** Snapshots of a training at the steps asked for. */
import { forward } from './forward.ts';
import type { Matrix } from './matrix.ts';
import { copyParameters, type Network, type Parameters } from './network.ts';
import type { Recording, Snapshot } from './train.ts';

/** The steps, of 0 … steps, at which a snapshot is due. */
export function recordedSteps({ every, at = [] }: Recording = {}, steps: number): ReadonlySet<number> {
  const regular = every === undefined ? 0 : Math.floor(steps / every) + 1;
  return new Set([...at, ...Array.from({ length: regular }, (_, k) => k * every!)]);
}

/** The state after `step` steps; activations are those of all examples, without dropout. */
export function snapshotOf(
  net: Network,
  parameters: Parameters,
  X: Matrix,
  step: number,
  { what = [] }: Recording = {},
): Snapshot {
  const kept = { step, parameters: copyParameters(parameters) };
  if (!what.includes('a') && !what.includes('z')) return kept;
  const { a, z } = forward(net, parameters, X);
  return { ...kept, ...(what.includes('a') ? { a } : {}), ...(what.includes('z') ? { z } : {}) };
}
