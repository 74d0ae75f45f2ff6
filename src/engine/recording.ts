/** Snapshots of a training run: at which steps they are taken, and what they hold. */
import { forward } from './forward.ts';
import { copyParameters, type Network, type Parameters } from './network.ts';
import type { Matrix } from './numeric/matrix.ts';
import type { Recording, Snapshot } from './train-types.ts';

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
  const snapshot = { step, parameters: copyParameters(parameters) };
  if (!what.includes('a') && !what.includes('z')) return snapshot;
  const { a, z } = forward(net, parameters, X);
  return { ...snapshot, ...(what.includes('a') ? { a } : {}), ...(what.includes('z') ? { z } : {}) };
}
