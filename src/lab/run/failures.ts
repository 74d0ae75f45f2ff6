/** Formats the failures of tasks, and groups those of the same cause so that each is reported once. */
import { canonicalJson } from '../store/canonical-json.ts';
import { withFrames } from './evaluate-bundle.ts';
import type { Failure } from './events.ts';

/** Seeds in short: `seed 3`, `seeds 0, 1, 2`, `seeds 0 … 19`. */
export function seedsText(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  return seeds.length > 4 ? `seeds ${seeds[0]} … ${seeds.at(-1)}` : `seeds ${seeds.join(', ')}`;
}

/** Groups of failures of one experiment with the same stack, whose messages differ in numbers at most. */
export type FailureGroups = {
  /** The text of a failure if it is the first of its group, else undefined. */
  note(failure: Failure): string | undefined;
  /** A line for each group of the experiment, with the number of failures after the first. */
  more(experiment: string): string[];
};

export function createFailureGroups(): FailureGroups {
  const groups = new Map<string, { readonly failure: Failure; count: number }>();
  return {
    note(failure) {
      const { experiment, params, seeds, message, frames } = failure;
      const group = JSON.stringify([experiment, message.replace(/[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi, '#'), frames]);
      const known = groups.get(group);
      if (known !== undefined) {
        known.count++;
        return undefined;
      }
      groups.set(group, { failure, count: 1 });
      return withFrames(`${experiment} failed at ${canonicalJson(params)}, ${seedsText(seeds)}: ${message}`, frames);
    },
    more(experiment) {
      return [...groups.values()]
        .filter(({ failure, count }) => failure.experiment === experiment && count > 1)
        .map(({ failure, count }) => `${experiment}: ${count - 1} more alike: ${failure.message}`);
    },
  };
}
