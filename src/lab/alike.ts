/** Failures of one bug are said once: those of the same experiment and place whose messages differ in numbers at most. */
import { failureText } from './failure-text.ts';
import type { Failure } from './run.ts';

export type Alike = {
  /** What to say of a failure: all of the first of its kind, nothing of the others. */
  note(failure: Failure): string | undefined;
  /** What to say at the end of an experiment: how many more there were of each kind. */
  more(experiment: string): string[];
};

export function createAlike(): Alike {
  const kinds = new Map<string, { readonly failure: Failure; count: number }>();
  return {
    note(failure) {
      const { experiment, message, frames } = failure;
      const kind = JSON.stringify([experiment, message.replace(/[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi, '#'), frames]);
      const known = kinds.get(kind);
      if (known !== undefined) {
        known.count++;
        return undefined;
      }
      kinds.set(kind, { failure, count: 1 });
      return failureText(failure);
    },
    more(experiment) {
      return [...kinds.values()]
        .filter(({ failure, count }) => failure.experiment === experiment && count > 1)
        .map(({ failure, count }) => `${experiment}: ${count - 1} more alike: ${failure.message}`);
    },
  };
}
