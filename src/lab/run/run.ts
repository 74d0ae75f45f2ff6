/**
 * Runs the tasks whose results are not cached:
 *
 *     plans ─▶ look up ─▶ queue ─▶ pool ─▶ check the record ─▶ cache
 *                │ present            │ failed: the others go on
 *                ▼                    ▼
 *              done                failures
 */
import { availableParallelism } from 'node:os';
import type { Point } from '../authoring/define-experiment.ts';
import { runLocation } from '../bundle/slice-definition.ts';
import { inputsOf, type Plan, type Task } from '../plan/plan.ts';
import { sha256 } from '../plan/task-key.ts';
import { RecordError, rowsOf } from '../results/results.ts';
import { type RawRecord, readCached, writeCached } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { authorFrames } from './evaluate-bundle.ts';
import { createPool, type Pool } from './pool.ts';
import type { TaskRequest, TaskResult } from './worker.ts';

/** A task that yielded no result. */
export type Failure = {
  readonly experiment: string;
  readonly file: string;
  readonly params: Point;
  /** The seed that failed; all of the task's if it is not known which. */
  readonly seeds: readonly number[];
  readonly message: string;
  /** The stack in the author's lines, innermost first; the location of `run` if there is no stack. */
  readonly frames: readonly string[];
};

/** An event of a run, for a reporter. */
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
  /** Run cached tasks too; their results must be the same. */
  readonly force?: boolean;
  /** Heap of each thread in MB. */
  readonly memory?: number;
  /** Seed of another order in which to start the tasks; it must make no difference. */
  readonly shuffle?: number;
  readonly report?: (event: RunEvent) => void;
};

/** A task to run, with its cached records when it is run by force. */
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

/** The queue, or with a number its tasks sorted by the hash of that number and their key. */
function shuffled(queue: readonly Work[], shuffle: number | undefined): readonly Work[] {
  if (shuffle === undefined) return queue;
  const rank = ({ task }: Work) => sha256(`${shuffle} ${task.key}`);
  return [...queue].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function requestOf(root: string, { plan, task }: Work, id: number): TaskRequest {
  const data = Object.entries(plan.definition.data).map(
    ([name, path]) => [name, { path, digest: task.inputs.data[name]! }] as const,
  );
  const { params, seeds } = task;
  return { id, root, file: plan.file, code: plan.code.code, params, seeds, data: Object.fromEntries(data) };
}

/** Checks a task's records and writes them to the cache, or returns what is wrong with them. */
async function store(root: string, work: Work, records: string): Promise<TaskResult> {
  const { plan, task, before } = work;
  try {
    rowsOf(plan, task, JSON.parse(records) as RawRecord[]);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { ok: false, seed: error.seed, message: error.message, stack: '' };
  }
  if (before !== undefined && records !== canonicalJson(before)) {
    const message = 'gave another result than before from the same inputs: it is not a function of them';
    return { ok: false, message, stack: '' };
  }
  await writeCached(root, plan.name, task, records);
  return { ok: true, records };
}

/**
 * Runs every task of `plans` that is not cached. Returns the tasks' failures, in the order of the queue. Throws
 * LabError only if a result cannot be written.
 */
export async function runPlans(root: string, plans: readonly Plan[], options: RunOptions = {}): Promise<Failure[]> {
  const { jobs = availableParallelism(), force = false, memory = 2048, shuffle, report = () => {} } = options;
  const queue = shuffled(workOf(root, plans, force), shuffle);
  for (const plan of plans) {
    const stale = queue.filter((work) => work.plan === plan).length;
    report({ kind: 'planned', experiment: plan.name, tasks: plan.tasks.length, stale, inputs: inputsOf(plan) });
  }
  if (queue.length === 0) return [];

  const failures = new Map<number, Failure>();
  let next = 0;
  const runTasks = async (pool: Pool) => {
    for (let id = next++; id < queue.length; id = next++) {
      const work = queue[id]!;
      const { plan, task } = work;
      const source = { experiment: plan.name, task };
      report({ kind: 'started', ...source });
      let result = await pool.run(requestOf(root, work, id), plan.definition.timeLimit, (message) => {
        if (message.kind === 'log') report({ kind: 'log', ...source, text: message.text });
        if (message.kind === 'progress') report({ kind: 'progress', ...source, fraction: message.fraction });
      });
      if (result.ok) {
        try {
          result = await store(root, work, result.records);
        } catch (error) {
          // If one result cannot be written, no more tasks start; those under way end.
          next = queue.length;
          throw error;
        }
      }
      if (result.ok) {
        report({ kind: 'finished', ...source });
        continue;
      }
      const { seed, message, stack } = result;
      const seeds = seed === undefined ? task.seeds : [seed];
      let frames = authorFrames(stack, plan.file, plan.code.map);
      if (frames.length === 0) frames = [await runLocation(root, plan.file)];
      const failure = { experiment: plan.name, file: plan.file, params: task.params, seeds, message, frames };
      failures.set(id, failure);
      report({ kind: 'failed', ...source, failure });
    }
  };
  const threads = Math.min(jobs, queue.length);
  const pool = createPool(threads, memory);
  const lanes = await Promise.allSettled(Array.from({ length: threads }, () => runTasks(pool)));
  await pool.close();
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return [...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure);
}
