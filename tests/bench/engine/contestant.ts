/** The interface of a library under benchmark: it prepares a workload, then trains it for some steps and reports the time. */
import type { Workload } from './workloads.ts';

export type Precision = 'float32' | 'float64';

export interface Contestant {
  readonly name: string;
  readonly precision: Precision;
  readonly prepare: (workload: Workload) => Promise<Trainer>;
}

/** Seconds of wall-clock time, and of CPU time over all threads, which leaves out other processes. */
export interface Time {
  readonly clock: number;
  readonly processor: number;
}

export interface Trainer {
  /** J at the start, if the contestant computes the same J as the others. */
  readonly cost?: number;
  readonly run: (steps: number) => Promise<Time> | Time;
  readonly end: () => void;
}

/** The time that `body` takes in this process. */
export async function timeOf(body: () => Promise<void> | void): Promise<Time> {
  const used = process.cpuUsage();
  const began = performance.now();
  await body();
  const clock = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { clock, processor: (user + system) / 1e6 };
}

export const scaled = ({ clock, processor }: Time, factor: number): Time => ({
  clock: clock * factor,
  processor: processor * factor,
});
