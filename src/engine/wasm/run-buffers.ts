/** Allocates a run's buffers after the module's own memory: for its inputs (data, indices, coefficients) and what it records. */
import type { Data } from '../train-types.ts';
import type { Instance } from './instance.ts';
import { activationBytes, indexBytes } from './memory-layout.ts';

/** The most steps planned at a time, and the most bytes for their indices and records. */
const MOST_STEPS = 1024;
const MOST_INDEX_BYTES = 1024 * 1024;
const MOST_RECORD_BYTES = 4 * 1024 * 1024;

export interface BufferSizes {
  readonly batch: number;
  readonly steps: number;
  /** Coefficients per step. */
  readonly coefficients: number;
  /** Whether each step has a batch of its own; else all use the same. */
  readonly isDealt: boolean;
  /** How many steps are recorded, and whether with z and a. */
  readonly recorded: number;
  readonly withActivations: boolean;
}

/** Addresses of the buffers, and how much they hold. */
export interface RunBuffers {
  readonly mostSteps: number;
  readonly mostRecorded: number;
  readonly recordBytes: number;
  /** The number of batches that cover all examples. */
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

/** Allocates buffers for a run on the data, and grows memory to hold them. */
export function allocateRunBuffers(instance: Instance, { X, Y }: Data, demand: BufferSizes): RunBuffers {
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
  const buffers = {
    mostSteps,
    mostRecorded,
    recordBytes,
    batches,
    steps: take(mostSteps * 4),
    indices: take(demand.isDealt ? mostSteps * indices : 0),
    all: take(batches * indices),
    coefficients: take(mostSteps * demand.coefficients * lanes.bytes),
    costs: take(mostSteps * lanes.bytes),
    // One more example, of zeros, for lanes without an example.
    X: take((X.rows + 1) * X.cols * lanes.bytes),
    Y: take((Y.rows + 1) * Y.cols * lanes.bytes),
    records: take(mostRecorded * recordBytes),
  };
  instance.reach(end);
  return buffers;
}
