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

export interface TrainOptions {
  readonly optimizer: Optimizer;
  readonly steps: number;
  /** Examples in a step; all of them if omitted. */
  readonly batch?: number;
  /** Shuffles the examples anew for each pass over them; without it they keep their order. */
  readonly order?: Random;
  readonly dropout?: { readonly rate: number; readonly random: Random };
  readonly record?: Recording;
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
  readonly parameters: Parameters;
  readonly a?: readonly Matrix[];
  readonly z?: readonly Matrix[];
}

export interface Run {
  readonly parameters: Parameters;
  /**
   * J[s] is the mean loss, without penalty, on the batch of step s before that step is taken; the last is on the batch
   * that would come next. Shorter than steps + 1 if the run diverged.
   */
  readonly J: Float64Array;
  readonly snapshots: readonly Snapshot[];
  /** The step at which J was no longer finite: the run ends before it, and returns the parameters that gave that J. */
  readonly diverged?: { readonly step: number };
}
