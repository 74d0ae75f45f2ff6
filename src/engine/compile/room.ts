/** Memory after what a module needs for itself, where the host puts what a run reads and finds what it wrote. */
import type { Data } from '../train.ts';
import type { Instance } from './instance.ts';
import { indexBytes } from './layout.ts';
import { activationBytes } from './observe.ts';

/** The most steps planned at a time, and what their indices and records may take. */
const MOST_STEPS = 1024;
const MOST_INDEX_BYTES = 1024 * 1024;
const MOST_RECORD_BYTES = 4 * 1024 * 1024;

export interface Demand {
  readonly batch: number;
  readonly steps: number;
  /** Coefficients a step. */
  readonly coefficients: number;
  /** Whether each step has a batch of its own. */
  readonly isDealt: boolean;
  /** How many steps are recorded, and whether with z and a. */
  readonly recorded: number;
  readonly withActivations: boolean;
}

/** Addresses, and for how much there is room at them. */
export interface Room {
  readonly mostSteps: number;
  readonly mostRecorded: number;
  readonly recordBytes: number;
  /** Batches that it takes to see every example. */
  readonly batches: number;
  readonly steps: number;
  readonly indices: number;
  readonly all: number;
  readonly coefficients: number;
  readonly costs: number;
  readonly X: number;
  readonly Y: number;
  readonly records: number;
}

export function makeRoom(instance: Instance, { X, Y }: Data, demand: Demand): Room {
  const { lanes, layout } = instance.program;
  let end = layout.end;
  const take = (bytes: number): number => {
    const address = end;
    end += Math.ceil(bytes / 16) * 16;
    return address;
  };
  const indices = indexBytes(layout);
  const { start, end: parametersEnd } = layout.parameters;
  const batches = Math.ceil(X.rows / demand.batch);
  const recordBytes = parametersEnd - start + (demand.withActivations ? batches * activationBytes(layout) : 0);
  const mostRecorded = Math.min(demand.recorded, Math.max(1, Math.floor(MOST_RECORD_BYTES / recordBytes)));
  const mostDealt = demand.isDealt ? Math.max(1, Math.floor(MOST_INDEX_BYTES / indices)) : MOST_STEPS;
  const mostSteps = Math.min(demand.steps + 1, mostDealt, MOST_STEPS);
  const room = {
    mostSteps,
    mostRecorded,
    recordBytes,
    batches,
    steps: take(mostSteps * 4),
    indices: take(demand.isDealt ? mostSteps * indices : 0),
    all: take(batches * indices),
    coefficients: take(mostSteps * demand.coefficients * lanes.bytes),
    costs: take(mostSteps * lanes.bytes),
    // One example more, of zeros: what lanes without an example hold.
    X: take((X.rows + 1) * X.cols * lanes.bytes),
    Y: take((Y.rows + 1) * Y.cols * lanes.bytes),
    records: take(mostRecorded * recordBytes),
  };
  instance.reach(end);
  return room;
}
