/** `train` on the WebAssembly backend: the host writes the data, plans some steps at a time and reads what they recorded. */
import { createBatches } from '../batches.ts';
import type { Network, Parameters } from '../network.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { recordedSteps } from '../recording.ts';
import type { Data, Recording, Run, Snapshot, TrainOptions } from '../train-types.ts';
import type { Instance } from './instance.ts';
import { readParameters, run, writeParameters } from './instance.ts';
import { compile } from './instance-cache.ts';
import { indexBytes } from './memory-layout.ts';
import { readActivations } from './record-activations.ts';
import { allocateRunBuffers, type RunBuffers } from './run-buffers.ts';
import { RECORD, UPDATE } from './training-loop.ts';

/** `train` without its checks, and without dropout. */
export function trainCompiled(net: Network, start: Parameters, data: Data, options: TrainOptions): Run {
  const { optimizer, steps, batch = data.X.rows, order, record = {}, precision = 'float64' } = options;
  const instance = compile({ net, batch, optimizer, precision });
  const { layout } = instance.program;
  const coefficients = optimizer.coefficients(steps);
  const recorded = recordedSteps(record, steps);
  const isDealt = batch < data.X.rows || order !== undefined;
  const withActivations = record.what?.some((what) => what !== 'Theta') ?? false;
  const buffers = allocateRunBuffers(instance, data, {
    batch,
    steps,
    coefficients: coefficients.cols,
    isDealt,
    recorded: recorded.size,
    withActivations,
  });
  writeParameters(instance, net, start);
  writeData(instance, buffers, data, batch);
  if (!isDealt) instance.exports.gather(buffers.all, buffers.X, buffers.Y);
  const nextBatch = createBatches(data.X.rows, batch, order);
  const snapshotAt = snapshotReader(instance, net, data.X, batch, record);

  const J = new Float64Array(steps + 1);
  const snapshots: Snapshot[] = [];
  for (let first = 0; first <= steps; ) {
    const plan = planSteps(first, steps, recorded, buffers);
    const most = plan.bits.length;
    instance.integers(buffers.steps, most).set(plan.bits);
    const { cols, data: table } = coefficients;
    const rows = table.subarray(first * cols, (first + most) * cols);
    instance.numbers(buffers.coefficients, rows.length).set(rows);
    for (let i = 0; isDealt && i < most; i++)
      writeIndices(instance, buffers.indices + i * indexBytes(layout), nextBatch(), data.X.rows);
    run(instance, { ...buffers, most, indices: isDealt ? buffers.indices : 0, all: withActivations ? buffers.all : 0 });

    const seen = instance.stepsSeen();
    const costs = instance.numbers(buffers.costs, seen);
    J.set(costs, first);
    first += seen;
    const taken = plan.recorded.filter((step) => step < first);
    snapshots.push(...taken.map((step, i) => snapshotAt(step, buffers.records + i * buffers.recordBytes)));
    if (!Number.isFinite(costs[seen - 1])) {
      const parameters = readParameters(instance, net, layout.parameters.start);
      return { parameters, J: J.slice(0, first), snapshots, diverged: { step: first - 1 } };
    }
  }
  return { parameters: readParameters(instance, net, layout.parameters.start), J, snapshots };
}

/** The bits of the steps from `first` on, as many as the buffers hold, and which of these steps are recorded. */
function planSteps(
  first: number,
  last: number,
  recorded: ReadonlySet<number>,
  { mostSteps, mostRecorded }: RunBuffers,
): { bits: readonly number[]; recorded: readonly number[] } {
  const bits: number[] = [];
  const due: number[] = [];
  for (let step = first; step <= last && bits.length < mostSteps; step++) {
    const isRecorded = recorded.has(step);
    if (isRecorded && due.length === mostRecorded) break;
    if (isRecorded) due.push(step);
    bits.push((step < last ? UPDATE : 0) | (isRecorded ? RECORD : 0));
  }
  return { bits, recorded: due };
}

/** A function that reads the snapshot of a step at an address. */
function snapshotReader(instance: Instance, net: Network, X: Matrix, batch: number, { what = [] }: Recording) {
  const { start, end } = instance.program.layout.parameters;
  return (step: number, address: number): Snapshot => {
    const read = (kind: 'z' | 'a') => readActivations(instance, net, X, batch, address + end - start, kind);
    return {
      step,
      parameters: readParameters(instance, net, address),
      ...(what.includes('a') ? { a: read('a') } : {}),
      ...(what.includes('z') ? { z: read('z') } : {}),
    };
  };
}

/** Writes X and Y, each followed by an example of zeros, and the indices of all examples in batches. */
function writeData(instance: Instance, buffers: RunBuffers, { X, Y }: Data, batch: number): void {
  for (const [address, { rows, cols, data }] of [
    [buffers.X, X],
    [buffers.Y, Y],
  ] as const) {
    const numbers = instance.numbers(address, (rows + 1) * cols);
    numbers.set(data);
    numbers.fill(0, rows * cols);
  }
  for (let k = 0; k < buffers.batches; k++) {
    const batchIndices = Int32Array.from({ length: Math.min(batch, X.rows - k * batch) }, (_, i) => k * batch + i);
    writeIndices(instance, buffers.all + k * indexBytes(instance.program.layout), batchIndices, X.rows);
  }
}

/** Writes the indices of a batch; lanes without an example get `zeros`, the index of the example of zeros. */
function writeIndices(instance: Instance, address: number, indices: Int32Array, zeros: number): void {
  const { panels, panel } = instance.program.layout;
  const target = instance.integers(address, panels * panel);
  target.set(indices);
  target.fill(zeros, indices.length);
}
