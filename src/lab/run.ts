/**
 * Runs what the cache lacks:
 *
 *     plans ─▶ look up ─▶ order ─▶ pool ─▶ check the record ─▶ cache
 *                │ present            │ failed: the others go on
 *                ▼                    ▼
 *              done                failures
 */
import { availableParallelism } from 'node:os';
import { type RawRecord, readCached, writeCached } from './cache.ts';
import { canonical } from './canonical.ts';
import type { Point } from './define.ts';
import { sha256 } from './key.ts';
import { placeOfRun } from './place-of-run.ts';
import { inputsOf, type Plan, type Task } from './plan.ts';
import { openPool, type Pool } from './pool.ts';
import { RecordMisfit, rowsOf } from './results.ts';
import { authorFrames } from './stack.ts';
import type { Order, Outcome } from './worker.ts';

/** A task that yielded no result. */
export type Failure = {
  readonly experiment: string;
  readonly file: string;
  readonly params: Point;
  /** The seed that failed; all of the task's where it is not known which. */
  readonly seeds: readonly number[];
  readonly message: string;
  /** The stack in the author's own lines, innermost first; where `run` stands if there is none. */
  readonly frames: readonly string[];
};

/** What happens during a run, for whoever shows it. */
export type RunEvent =
  | {
      readonly kind: 'planned';
      readonly experiment: string;
      readonly tasks: number;
      readonly stale: number;
      /** Files that the experiment depends on, relative to the project. */
      readonly inputs: readonly string[];
    }
  | { readonly kind: 'started' | 'finished'; readonly experiment: string; readonly task: Task }
  | { readonly kind: 'progress'; readonly experiment: string; readonly task: Task; readonly fraction: number }
  | { readonly kind: 'log'; readonly experiment: string; readonly task: Task; readonly text: string }
  | { readonly kind: 'failed'; readonly experiment: string; readonly task: Task; readonly failure: Failure };

export type RunOptions = {
  /** Threads; omitted: as many as the machine runs at once. */
  readonly jobs?: number;
  /** Run what is cached too; the outcome must be the same. */
  readonly force?: boolean;
  /** Heap of each thread in MB. */
  readonly memory?: number;
  /** Start the tasks in another order, one for each number: it must make no difference. */
  readonly shuffle?: number;
  readonly report?: (event: RunEvent) => void;
};

type Work = { readonly plan: Plan; readonly task: Task; readonly before: readonly RawRecord[] | undefined };

/** Tasks of the plans that have no result, in the order of the plans; with `force`, all. */
function workOf(root: string, plans: readonly Plan[], force: boolean): Work[] {
  return plans.flatMap((plan) =>
    plan.tasks.flatMap((task): Work[] => {
      const found = readCached(root, plan.name, task);
      const before = found.state === 'present' ? found.records : undefined;
      return force || before === undefined ? [{ plan, task, before }] : [];
    }),
  );
}

/** The same work; with a number, sorted by the hash of that number and each key. */
function inOrder(queue: readonly Work[], shuffle: number | undefined): readonly Work[] {
  if (shuffle === undefined) return queue;
  const rank = ({ task }: Work) => sha256(`${shuffle} ${task.key}`);
  return [...queue].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function orderOf(root: string, { plan, task }: Work, id: number): Order {
  const data = Object.entries(plan.definition.data).map(
    ([name, path]) => [name, { path, digest: task.inputs.data[name]! }] as const,
  );
  const { params, seeds } = task;
  return { id, root, file: plan.file, code: plan.code.code, params, seeds, data: Object.fromEntries(data) };
}

/** Keeps the records of a task, or says why they cannot be kept. */
async function keep(root: string, work: Work, records: string): Promise<Outcome> {
  const { plan, task, before } = work;
  try {
    rowsOf(plan, task, JSON.parse(records) as RawRecord[]);
  } catch (error) {
    if (!(error instanceof RecordMisfit)) throw error;
    return { ok: false, seed: error.seed, message: error.message, stack: '' };
  }
  if (before !== undefined && records !== canonical(before)) {
    return {
      ok: false,
      message: 'gave another result than before from the same inputs: it is not a function of them',
      stack: '',
    };
  }
  await writeCached(root, plan.name, task, records);
  return { ok: true, records };
}

/**
 * Runs every task of `plans` that is not cached. Never rejects for what a task does: its failures come back. Throws
 * LabError where a result cannot be written.
 */
export async function runPlans(root: string, plans: readonly Plan[], options: RunOptions = {}): Promise<Failure[]> {
  const { jobs = availableParallelism(), force = false, memory = 2048, shuffle, report = () => {} } = options;
  const queue = inOrder(workOf(root, plans, force), shuffle);
  for (const plan of plans) {
    const stale = queue.filter((work) => work.plan === plan).length;
    report({ kind: 'planned', experiment: plan.name, tasks: plan.tasks.length, stale, inputs: inputsOf(plan) });
  }
  if (queue.length === 0) return [];

  const failures = new Map<number, Failure>();
  let next = 0;
  const lane = async (pool: Pool) => {
    for (let id = next++; id < queue.length; id = next++) {
      const work = queue[id]!;
      const about = { experiment: work.plan.name, task: work.task };
      report({ kind: 'started', ...about });
      let outcome = await pool.run(orderOf(root, work, id), work.plan.definition.timeLimit, (message) => {
        if (message.kind === 'log') report({ kind: 'log', ...about, text: message.text });
        if (message.kind === 'progress') report({ kind: 'progress', ...about, fraction: message.fraction });
      });
      if (outcome.ok) {
        try {
          outcome = await keep(root, work, outcome.records);
        } catch (error) {
          // What cannot be kept need not be run: the other lanes end with the task that they are at.
          next = queue.length;
          throw error;
        }
      }
      if (outcome.ok) {
        report({ kind: 'finished', ...about });
        continue;
      }
      const { seed, message, stack } = outcome;
      const frames = authorFrames(stack, work.plan.file, work.plan.code.map);
      const failure: Failure = {
        experiment: work.plan.name,
        file: work.plan.file,
        params: work.task.params,
        seeds: seed === undefined ? work.task.seeds : [seed],
        message,
        frames: frames.length > 0 ? frames : [await placeOfRun(root, work.plan.file)],
      };
      failures.set(id, failure);
      report({ kind: 'failed', ...about, failure });
    }
  };
  const threads = Math.min(jobs, queue.length);
  const pool = openPool(threads, memory);
  const ends = await Promise.allSettled(Array.from({ length: threads }, () => lane(pool)));
  await pool.close();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return [...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure);
}
