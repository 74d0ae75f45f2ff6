/** How far each experiment of a run is, from the run's events; what bars and lines are drawn from. */
import type { Task } from './plan.ts';
import type { RunEvent } from './run.ts';

export type Count = {
  readonly name: string;
  /** Tasks in all, and how many of them need not run. */
  readonly tasks: number;
  readonly cached: number;
  done: number;
  failed: number;
  /** Milliseconds at the start of the first task; undefined before. */
  began: number | undefined;
  /** Milliseconds that finished tasks took, in sum. */
  spent: number;
  /** Running tasks: when they began and the fraction that they report. */
  readonly running: Map<Task, { readonly began: number; fraction: number }>;
};

export type Tally = { readonly counts: readonly Count[]; note(event: RunEvent): void };

/** Keeps the counts; `clock` gives milliseconds. */
export function createTally(clock: () => number): Tally {
  const counts: Count[] = [];
  const of = (experiment: string) => counts.find(({ name }) => name === experiment)!;
  const end = (count: Count, task: Task) => {
    count.spent += clock() - count.running.get(task)!.began;
    count.running.delete(task);
  };
  return {
    counts,
    note(event) {
      if (event.kind === 'planned') {
        const { experiment: name, tasks, stale } = event;
        counts.push({
          name,
          tasks,
          cached: tasks - stale,
          done: 0,
          failed: 0,
          began: undefined,
          spent: 0,
          running: new Map(),
        });
        return;
      }
      const count = of(event.experiment);
      if (event.kind === 'started') {
        count.began ??= clock();
        count.running.set(event.task, { began: clock(), fraction: 0 });
      }
      if (event.kind === 'progress') count.running.get(event.task)!.fraction = event.fraction;
      if (event.kind === 'finished' || event.kind === 'failed') end(count, event.task);
      if (event.kind === 'finished') count.done++;
      if (event.kind === 'failed') count.failed++;
    },
  };
}

/** Tasks that have a result or failed, counting running ones by the fraction that they report. */
export function fractionDone(count: Count): number {
  const running = [...count.running.values()].reduce((sum, { fraction }) => sum + fraction, 0);
  return (count.cached + count.done + count.failed + running) / count.tasks;
}

/** Milliseconds until the experiment is done, if its tasks go on as they did; undefined while nothing is known. */
export function timeLeft(count: Count, now: number, threads: number): number | undefined {
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
