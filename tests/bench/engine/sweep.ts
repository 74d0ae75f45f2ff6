/** A sweep: 64 seeds × 1000 steps of 2-16-16-3, a training a seed, shared out over worker threads. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Precision, Time } from './contestant.ts';
import { timeOf } from './contestant.ts';

export const SEEDS = 64;
export const STEPS = 1000;

/** What a worker is told. */
export interface Share {
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly precision: Precision;
}

/** Runs the sweep on so many workers, started and warmed up before. */
export async function sweeper(
  threads: number,
  precision: Precision,
): Promise<{ run: () => Promise<Time>; end: () => Promise<unknown> }> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('sweepWorker.ts', import.meta.url)));
  const shares = workers.map((_, k) => Array.from({ length: SEEDS }, (_, i) => i).filter((i) => i % threads === k));
  const tell = (steps: number) =>
    Promise.all(
      workers.map((worker, k) => {
        worker.postMessage({ seeds: shares[k]!, steps, precision } satisfies Share);
        return once(worker, 'message');
      }),
    );
  await tell(STEPS / 10);
  return {
    run: () =>
      timeOf(async () => {
        await tell(STEPS);
      }),
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
