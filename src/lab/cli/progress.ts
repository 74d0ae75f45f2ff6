/** Counts each experiment's tasks from the events of a run, and estimates the time left. */
import type { Task } from '../plan/plan.ts';
import type { RunEvent } from '../run/events.ts';

export type ExperimentProgress = {
  readonly name: string;
  /** Number of tasks. */
  readonly tasks: number;
  /** Those of them that need not run. */
  readonly cached: number;
  /** Those of the cached whose results came from the shared store. */
  readonly fetched: number;
  done: number;
  failed: number;
  /** Clock at the start of the first task, in milliseconds; undefined before. */
  began: number | undefined;
  /** Total time of the finished tasks, in milliseconds. */
  spent: number;
  /** Running tasks: when they began and the fraction that they report. */
  readonly running: Map<Task, { readonly began: number; fraction: number }>;
};

type Progress = { readonly counts: readonly ExperimentProgress[]; note(event: RunEvent): void };

/** Counts events from now on; `clock` gives milliseconds. */
export function createProgress(clock: () => number): Progress {
  const counts: ExperimentProgress[] = [];
  return {
    counts,
    note(event) {
      if (event.kind === 'planned') {
        const { experiment: name, tasks, fetched } = event;
        const cached = tasks - event.stale;
        counts.push({
          name,
          tasks,
          cached,
          fetched,
          done: 0,
          failed: 0,
          began: undefined,
          spent: 0,
          running: new Map(),
        });
        return;
      }
      if (event.kind === 'note' || event.kind === 'warning') return;
      const count = counts.find(({ name }) => name === event.experiment)!;
      if (event.kind === 'started') {
        count.began ??= clock();
        count.running.set(event.task, { began: clock(), fraction: 0 });
      }
      if (event.kind === 'progress') count.running.get(event.task)!.fraction = event.fraction;
      if (event.kind === 'finished' || event.kind === 'failed') {
        count.spent += clock() - count.running.get(event.task)!.began;
        count.running.delete(event.task);
      }
      if (event.kind === 'finished') count.done++;
      if (event.kind === 'failed') count.failed++;
    },
  };
}

/** The fraction of tasks that are over, with running ones counted by the fraction that they report. */
export function fractionDone(count: ExperimentProgress): number {
  const running = [...count.running.values()].reduce((sum, { fraction }) => sum + fraction, 0);
  return (count.cached + count.done + count.failed + running) / count.tasks;
}

/** Estimated milliseconds until the experiment is done, at the pace so far; undefined while nothing is known. */
export function timeLeft(count: ExperimentProgress, now: number, threads: number): number | undefined {
  const running = [...count.running.values()];
  const elapsed = running.reduce((sum, { began }) => sum + now - began, 0);
  const worked = count.done + count.failed + running.reduce((sum, { fraction }) => sum + fraction, 0);
  const left = count.tasks - count.cached - worked;
  if (left <= 0) return 0;
  const known = running.some(({ fraction }) => fraction > 0) || count.done + count.failed > 0;
  return known ? (((count.spent + elapsed) / worked) * left) / Math.min(threads, Math.ceil(left)) : undefined;
}

/** 1234567 ms as `20:35`, below a minute as `34 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = `${minutes % 60}`.padStart(minutes >= 60 ? 2 : 1, '0');
  return `${minutes >= 60 ? `${Math.floor(minutes / 60)}:` : ''}${rest}:${`${seconds % 60}`.padStart(2, '0')}`;
}
