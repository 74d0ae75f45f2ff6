/** What happens in a run, for reporters. */
import type { Point } from '../authoring/define-experiment.ts';
import type { Task } from '../plan/plan.ts';

/** A task that yielded no result. */
export type Failure = {
  readonly experiment: string;
  readonly file: string;
  readonly params: Point;
  /** The seed that failed; all of the task's if it is not known which. */
  readonly seeds: readonly number[];
  readonly message: string;
  /** The stack in the author's lines, innermost first; the location of `run` if there is no stack. */
  readonly frames: readonly string[];
};

/** An event of a run. */
export type RunEvent =
  | {
      readonly kind: 'planned';
      readonly experiment: string;
      readonly tasks: number;
      readonly stale: number;
      /** Tasks whose results came from the shared store. */
      readonly fetched: number;
      /** Files that the experiment depends on, relative to the project. */
      readonly inputs: readonly string[];
    }
  | { readonly kind: 'started' | 'finished'; readonly experiment: string; readonly task: Task }
  | { readonly kind: 'progress'; readonly experiment: string; readonly task: Task; readonly fraction: number }
  | { readonly kind: 'log'; readonly experiment: string; readonly task: Task; readonly text: string }
  | { readonly kind: 'failed'; readonly experiment: string; readonly task: Task; readonly failure: Failure }
  /** Something about the shared store, the workers or an audit. */
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'warning'; readonly message: string };

export type Report = (event: RunEvent) => void;
