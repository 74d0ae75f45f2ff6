/**
 * Training: takes a network's parameters some steps along an optimiser's rule, and records the cost and snapshots. Runs on
 * the WebAssembly backend where that supports the training, else on the reference implementation, with the same bits.
 */
import { checkOptions } from './check-options.ts';
import { checkData } from './cost.ts';
import { checkParameters, type Network, type Parameters } from './network.ts';
import { trainReference } from './train-reference.ts';
import type { Data, Run, TrainOptions } from './train-types.ts';
import { canCompile } from './wasm/compile.ts';
import { trainCompiled } from './wasm/train-compiled.ts';

/**
 * Trains on the data. Throws on shapes that do not fit, numbers in the data that are not finite, targets that the output
 * cannot take, and options out of range; a training that diverges does not throw; its result says at which step.
 */
export function train(net: Network, parameters: Parameters, data: Data, options: TrainOptions): Run {
  checkTraining(net, parameters, data, options);
  const backend = options.dropout === undefined && canCompile(net) ? trainCompiled : trainReference;
  return backend(net, parameters, data, options);
}

const optional = { batch: false, order: false, dropout: false, record: false, precision: false } as const;

function checkTraining(net: Network, parameters: Parameters, { X, Y }: Data, options: TrainOptions): void {
  for (const [name, part] of Object.entries({ X, Y }))
    if (part === undefined) throw new RangeError(`the data of train needs ${name}`);
  checkOptions('train', options, { optimizer: true, steps: true, ...optional });
  if (options.dropout) checkOptions('dropout', options.dropout, { rate: true, random: true });
  if (options.record) checkOptions('record', options.record, { every: false, at: false, what: false });
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
