/** Types of a training run: its data, its options and its result. */
import type { Parameters } from './network.ts';
import type { Matrix } from './numeric/matrix.ts';
import type { Random } from './numeric/random.ts';
import type { Optimizer } from './optimizers.ts';

/** Examples X (m × units[0]) and targets Y (m × units[L−1]). */
export interface Data {
  readonly X: Matrix;
  readonly Y: Matrix;
}

/** How to train, and what to record on the way. */
export interface TrainOptions {
  /** The rule of a step. */
  readonly optimizer: Optimizer;
  /** How many steps to take, 0 or more. */
  readonly steps: number;
  /** Examples in a step; all of them if omitted. */
  readonly batch?: number;
  /** Shuffles the examples anew for each pass over them; without it they keep their order. */
  readonly order?: Random;
  /** Drops hidden activations, as `dropoutMasks` does; omitted: none. */
  readonly dropout?: {
    /** The probability that an activation is dropped, within [0, 1). */
    readonly rate: number;
    /** Draws the masks, which are new at each step. */
    readonly random: Random;
  };
  /** When to take snapshots; omitted: never. */
  readonly record?: Recording;
  /**
   * Of all arithmetic; 'float64' if omitted. 'float32' throws with dropout and for more than 128 outputs, which are not
   * compiled.
   */
  readonly precision?: 'float64' | 'float32';
}

/** When to take snapshots: after 0, every, 2·every, … steps, and after those named in `at`. */
export interface Recording {
  readonly every?: number;
  readonly at?: readonly number[];
  /** Parameters are always recorded; 'a' and 'z' add those of all examples in X, without dropout. */
  readonly what?: readonly ('Theta' | 'a' | 'z')[];
}

/** The state after `step` steps. */
export interface Snapshot {
  readonly step: number;
  /** Theta and b, with layer normalisation gamma and beta: a copy. */
  readonly parameters: Parameters;
  /** a[l] of all examples in X, without dropout, with the slots of `Forward`; present if the recording's `what` has 'a'. */
  readonly a?: readonly Matrix[];
  /** z[l] in the same way; present if `what` has 'z'. */
  readonly z?: readonly Matrix[];
}

/** What a training run yields. */
export interface Run {
  /** The parameters after the last step. */
  readonly parameters: Parameters;
  /**
   * J[s] is the mean loss, without penalty, on the batch of step s before that step is taken; the last is on the batch
   * that would come next. Shorter than steps + 1 if the run diverged.
   */
  readonly J: Float64Array;
  /** The recorded states, in the order of their steps. */
  readonly snapshots: readonly Snapshot[];
  /** The step at which J was no longer finite: the run ends before it, and returns the parameters that gave that J. */
  readonly diverged?: {
    /** Counted from 0, so that J[step] is the cost that was not finite. */
    readonly step: number;
  };
}
