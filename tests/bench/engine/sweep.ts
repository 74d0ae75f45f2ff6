/** Benchmarks a sweep: 64 seeds × 1000 steps of 2-16-16-3, one training per seed, distributed over worker threads. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Precision, Time } from './contestant.ts';
import { timeOf } from './contestant.ts';

export const SEEDS = 64;
export const STEPS = 1000;

/** The message to a worker. */
export interface SweepRequest {
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly precision: Precision;
}

/** The sweep on `threads` workers, which are started and warmed up. */
export async function createSweep(
  threads: number,
  precision: Precision,
): Promise<{ run: () => Promise<Time>; end: () => Promise<unknown> }> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('sweep-worker.ts', import.meta.url)));
  const shares = workers.map((_, k) => Array.from({ length: SEEDS }, (_, i) => i).filter((i) => i % threads === k));
  const runSteps = (steps: number) =>
    Promise.all(
      workers.map((worker, k) => {
        worker.postMessage({ seeds: shares[k]!, steps, precision } satisfies SweepRequest);
        return once(worker, 'message');
      }),
    );
  await runSteps(STEPS / 10);
  return {
    run: () =>
      timeOf(async () => {
        await runSteps(STEPS);
      }),
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
