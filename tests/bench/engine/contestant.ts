/** Someone who can train a workload. */
import type { Workload } from './workloads.ts';

export type Precision = 'float32' | 'float64';

export interface Contestant {
  readonly name: string;
  readonly precision: Precision;
  readonly prepare: (workload: Workload) => Promise<Trainer>;
}

/** Seconds by the clock, and of processors: of all threads, and not while others had them. */
export interface Time {
  readonly clock: number;
  readonly processor: number;
}

export interface Trainer {
  /** J at the start, if the contestant computes the same as the others. */
  readonly cost?: number;
  readonly run: (steps: number) => Promise<Time> | Time;
  readonly end: () => void;
}

/** How long something in this process takes. */
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
