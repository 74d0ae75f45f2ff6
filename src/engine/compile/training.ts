/** A training on the compiled door: the host lays out the data, plans some steps at a time and reads what they recorded. */
import { dealer } from '../batches.ts';
import type { Matrix } from '../matrix.ts';
import type { Network, Parameters } from '../network.ts';
import { recordedSteps, snapshotOf } from '../recording.ts';
import type { Data, Run, Snapshot, TrainOptions } from '../train.ts';
import { instanceFor } from './compile.ts';
import type { Instance } from './instance.ts';
import { readParameters, writeParameters } from './instance.ts';
import { RECORD, UPDATE } from './loop.ts';

/** `train` without its checks, and without dropout. */
export function trainCompiled(net: Network, start: Parameters, data: Data, options: TrainOptions): Run {
  const { optimizer, steps, batch = data.X.rows, order, record, precision = 'float64' } = options;
  const instance = instanceFor({ net, batch, optimizer, precision });
  const { layout } = instance.program;
  const block = layout.parameters.end - layout.parameters.start;
  const coefficients = optimizer.coefficients(steps);
  const recorded = recordedSteps(record, steps);
  const deal = dealer(data.X.rows, batch, order);
  const isDealt = batch < data.X.rows || order !== undefined;
  const room = makeRoom(instance, data, coefficients.cols, steps, recorded.size, isDealt);

  writeParameters(instance, net, start);
  writeExamples(instance, room.X, data.X);
  writeExamples(instance, room.Y, data.Y);
  if (!isDealt) {
    writeIndices(instance, room.indices, deal(), data.X.rows);
    instance.exports.gather(room.indices, room.X, room.Y);
  }
  const J = new Float64Array(steps + 1);
  const snapshots: Snapshot[] = [];
  for (let first = 0; first <= steps; ) {
    const plan = planSteps(first, steps, recorded, room);
    instance.integers(room.steps, plan.bits.length).set(plan.bits);
    const rows = coefficients.data.subarray(first * coefficients.cols, (first + plan.bits.length) * coefficients.cols);
    instance.numbers(room.coefficients, rows.length).set(rows);
    if (isDealt) {
      const bytes = layout.panels * layout.panel * 4;
      for (let i = 0; i < plan.bits.length; i++) writeIndices(instance, room.indices + i * bytes, deal(), data.X.rows);
    }
    instance.exports.run(
      plan.bits.length,
      room.steps,
      room.coefficients,
      isDealt ? room.indices : 0,
      room.X,
      room.Y,
      room.costs,
      room.records,
    );
    const seen = instance.stepsSeen();
    const costs = instance.numbers(room.costs, seen);
    J.set(costs, first);
    plan.recorded
      .filter((step) => step < first + seen)
      .forEach((step, i) => {
        const then = readParameters(instance, net, room.records + i * block);
        snapshots.push(snapshotOf(net, then, data.X, step, record));
      });
    first += seen;
    if (!Number.isFinite(costs[seen - 1])) {
      const parameters = readParameters(instance, net, layout.parameters.start);
      return { parameters, J: J.slice(0, first), snapshots, diverged: { step: first - 1 } };
    }
  }
  return { parameters: readParameters(instance, net, layout.parameters.start), J, snapshots };
}

/** The most steps planned at a time, and what their indices and recorded parameters may take. */
const MOST_STEPS = 1024;
const MOST_INDEX_BYTES = 1024 * 1024;
const MOST_RECORD_BYTES = 4 * 1024 * 1024;

/** Where the host puts what a run reads and writes, and for how many steps there is room. */
interface Room {
  readonly mostSteps: number;
  readonly mostRecorded: number;
  readonly steps: number;
  readonly indices: number;
  readonly coefficients: number;
  readonly costs: number;
  readonly X: number;
  readonly Y: number;
  readonly records: number;
}

function makeRoom(
  instance: Instance,
  { X, Y }: Data,
  coefficients: number,
  steps: number,
  recorded: number,
  isDealt: boolean,
): Room {
  const { lanes, layout } = instance.program;
  let end = layout.end;
  const take = (bytes: number): number => {
    const address = end;
    end += Math.ceil(bytes / 16) * 16;
    return address;
  };
  const indexBytes = layout.panels * layout.panel * 4;
  const recordBytes = layout.parameters.end - layout.parameters.start;
  const atOnce = isDealt ? Math.max(1, Math.floor(MOST_INDEX_BYTES / indexBytes)) : MOST_STEPS;
  const mostSteps = Math.min(steps + 1, atOnce, MOST_STEPS);
  const mostRecorded = Math.min(recorded, Math.max(1, Math.floor(MOST_RECORD_BYTES / recordBytes)));
  const room = {
    mostSteps,
    mostRecorded,
    steps: take(mostSteps * 4),
    indices: take((isDealt ? mostSteps : 1) * indexBytes),
    coefficients: take(mostSteps * coefficients * lanes.bytes),
    costs: take(mostSteps * lanes.bytes),
    // One example more, of zeros: what lanes without an example hold.
    X: take((X.rows + 1) * X.cols * lanes.bytes),
    Y: take((Y.rows + 1) * Y.cols * lanes.bytes),
    records: take(mostRecorded * recordBytes),
  };
  instance.reach(end);
  return room;
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

function writeExamples(instance: Instance, address: number, { rows, cols, data }: Matrix): void {
  const numbers = instance.numbers(address, (rows + 1) * cols);
  numbers.set(data);
  numbers.fill(0, rows * cols);
}

/** The indices of a batch, and that of the example of zeros for every lane without an example. */
function writeIndices(instance: Instance, address: number, hand: Int32Array, none: number): void {
  const { panels, panel } = instance.program.layout;
  const indices = instance.integers(address, panels * panel);
  indices.set(hand);
  indices.fill(none, hand.length);
}
