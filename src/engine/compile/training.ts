/** A training on the compiled door: the host lays out the data, plans some steps at a time and reads what they recorded. */
import { dealer } from '../batches.ts';
import type { Matrix } from '../matrix.ts';
import type { Network, Parameters } from '../network.ts';
import { recordedSteps } from '../recording.ts';
import type { Data, Recording, Run, Snapshot, TrainOptions } from '../train.ts';
import { compile } from './compile.ts';
import type { Instance } from './instance.ts';
import { readParameters, run, writeParameters } from './instance.ts';
import { indexBytes } from './layout.ts';
import { RECORD, UPDATE } from './loop.ts';
import { readActivations } from './observe.ts';
import { makeRoom, type Room } from './room.ts';

/** `train` without its checks, and without dropout. */
export function trainCompiled(net: Network, start: Parameters, data: Data, options: TrainOptions): Run {
  const { optimizer, steps, batch = data.X.rows, order, record = {}, precision = 'float64' } = options;
  const instance = compile({ net, batch, optimizer, precision });
  const { layout } = instance.program;
  const coefficients = optimizer.coefficients(steps);
  const recorded = recordedSteps(record, steps);
  const isDealt = batch < data.X.rows || order !== undefined;
  const withActivations = record.what?.some((what) => what !== 'Theta') ?? false;
  const room = makeRoom(instance, data, {
    batch,
    steps,
    coefficients: coefficients.cols,
    isDealt,
    recorded: recorded.size,
    withActivations,
  });
  writeParameters(instance, net, start);
  writeData(instance, room, data, batch);
  if (!isDealt) instance.exports.gather(room.all, room.X, room.Y);
  const deal = dealer(data.X.rows, batch, order);
  const snapshotAt = snapshotReader(instance, net, data.X, batch, record);

  const J = new Float64Array(steps + 1);
  const snapshots: Snapshot[] = [];
  for (let first = 0; first <= steps; ) {
    const plan = planSteps(first, steps, recorded, room);
    const most = plan.bits.length;
    instance.integers(room.steps, most).set(plan.bits);
    const { cols, data: table } = coefficients;
    const rows = table.subarray(first * cols, (first + most) * cols);
    instance.numbers(room.coefficients, rows.length).set(rows);
    for (let i = 0; isDealt && i < most; i++)
      writeIndices(instance, room.indices + i * indexBytes(layout), deal(), data.X.rows);
    run(instance, { ...room, most, indices: isDealt ? room.indices : 0, all: withActivations ? room.all : 0 });

    const seen = instance.stepsSeen();
    const costs = instance.numbers(room.costs, seen);
    J.set(costs, first);
    first += seen;
    const taken = plan.recorded.filter((step) => step < first);
    snapshots.push(...taken.map((step, i) => snapshotAt(step, room.records + i * room.recordBytes)));
    if (!Number.isFinite(costs[seen - 1])) {
      const parameters = readParameters(instance, net, layout.parameters.start);
      return { parameters, J: J.slice(0, first), snapshots, diverged: { step: first - 1 } };
    }
  }
  return { parameters: readParameters(instance, net, layout.parameters.start), J, snapshots };
}

/** The bits of the steps from `first` on, as many as there is room for, and which of them are recorded. */
function planSteps(
  first: number,
  last: number,
  recorded: ReadonlySet<number>,
  { mostSteps, mostRecorded }: Room,
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

/** A function that reads the record of a step at an address. */
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

/** Writes X and Y, each with an example of zeros at its end, and the indices of all examples in batches. */
function writeData(instance: Instance, room: Room, { X, Y }: Data, batch: number): void {
  for (const [address, { rows, cols, data }] of [
    [room.X, X],
    [room.Y, Y],
  ] as const) {
    const numbers = instance.numbers(address, (rows + 1) * cols);
    numbers.set(data);
    numbers.fill(0, rows * cols);
  }
  for (let k = 0; k < room.batches; k++) {
    const hand = Int32Array.from({ length: Math.min(batch, X.rows - k * batch) }, (_, i) => k * batch + i);
    writeIndices(instance, room.all + k * indexBytes(instance.program.layout), hand, X.rows);
  }
}

/** The indices of a batch, and `none`, that of the example of zeros, for every lane without an example. */
function writeIndices(instance: Instance, address: number, hand: Int32Array, none: number): void {
  const { panels, panel } = instance.program.layout;
  const indices = instance.integers(address, panels * panel);
  indices.set(hand);
  indices.fill(none, hand.length);
}
