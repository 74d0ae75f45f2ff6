/** Training: the network's parameters taken some steps along an optimiser's rule, and what was seen on the way. */
import { canCompile, trainCompiled } from './compile/index.ts';
import { checkData } from './cost.ts';
import type { Matrix } from './matrix.ts';
import { checkParameters, type Network, type Parameters } from './network.ts';
import type { Optimizer } from './optimizers.ts';
import type { Random } from './random.ts';
import { trainSpecification } from './trainSpecification.ts';

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
  /** Shuffles the examples, anew for each pass over them; without it they come in their order. */
  readonly order?: Random;
  readonly dropout?: { readonly rate: number; readonly random: Random };
  readonly record?: Recording;
  readonly precision?: 'float64' | 'float32';
}

/** When to take snapshots: after 0, every, 2·every, … steps, and after those named in `at`. */
export interface Recording {
  readonly every?: number;
  readonly at?: readonly number[];
  /** Parameters are always kept; 'a' and 'z' add those of all examples in X, without dropout. */
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
  /** The step at which J was no longer finite: the run ends before it, with the parameters that gave that J. */
  readonly diverged?: { readonly step: number };
}

/**
 * Trains on the data. Throws on shapes that do not fit, numbers in the data that are not finite, targets that the output
 * cannot take, and options out of range; a training that diverges does not throw but says at which step.
 */
export function train(net: Network, parameters: Parameters, data: Data, options: TrainOptions): Run {
  checkTraining(net, parameters, data, options);
  const door = options.dropout === undefined && canCompile(net) ? trainCompiled : trainSpecification;
  return door(net, parameters, data, options);
}

function checkTraining(net: Network, parameters: Parameters, { X, Y }: Data, options: TrainOptions): void {
  const { steps, batch = X.rows, precision = 'float64', record: { every, at = [], what = [] } = {} } = options;
  checkParameters(net, parameters);
  checkData(net, X, Y);
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError(`cannot train for ${steps} steps`);
  if (!Number.isInteger(batch) || batch < 1 || batch > X.rows)
    throw new RangeError(`a batch must be 1 to ${X.rows} examples, not ${batch}`);
  if (every !== undefined && (!Number.isInteger(every) || every < 1))
    throw new RangeError(`cannot record every ${every} steps`);
  const wrong = at.find((step) => !Number.isInteger(step) || step < 0 || step > steps);
  if (wrong !== undefined) throw new RangeError(`cannot record at step ${wrong} of ${steps}`);
  checkName('precision', precision, ['float64', 'float32']);
  for (const name of what) checkName('what to record', name, ['Theta', 'a', 'z']);
}

function checkName(option: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new RangeError(`${option} is one of ${known.join(', ')}, not ${name}`);
}
