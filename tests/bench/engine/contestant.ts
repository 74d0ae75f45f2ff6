/** Someone who can train a workload. */
import type { Workload } from './workloads.ts';

export type Precision = 'float32' | 'float64';

export interface Contestant {
  readonly name: string;
  readonly precision: Precision;
  readonly prepare: (workload: Workload) => Promise<Trainer>;
}

export interface Trainer {
  /** J at the start, if the contestant computes the same as the others. */
  readonly cost?: number;
  /** Takes so many steps, and gives the seconds that took. */
  readonly run: (steps: number) => Promise<number> | number;
  readonly end: () => void;
}

/** Seconds that something takes. */
export function seconds(body: () => void): number {
  const began = performance.now();
  body();
  return (performance.now() - began) / 1000;
}
