/** A failed task in words: which experiment, point and seed, what happened, and where in the author's files. */
import { canonical } from './canonical.ts';
import type { Failure } from './run.ts';
import { withFrames } from './stack.ts';

/** Seeds in short: `seed 3`, `seeds 0, 1, 2`, `seeds 0 … 19`. */
export function seedsText(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  return seeds.length > 4 ? `seeds ${seeds[0]} … ${seeds.at(-1)}` : `seeds ${seeds.join(', ')}`;
}

/** Several lines: experiment, point, seed and message, then the stack. */
export function failureText({ experiment, params, seeds, message, frames }: Failure): string {
  const head = `${experiment} failed at ${canonical(params)}, ${seedsText(seeds)}: ${message}`;
  return withFrames(head, frames);
}
