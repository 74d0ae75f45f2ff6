/** Runs tasks in a pool, as many at once as it takes, and keeps their records. */
import { runLocation } from '../bundle/slice-definition.ts';
import type { Plan, Task } from '../plan/plan.ts';
import { RecordError, rowsOf } from '../results/results.ts';
import { type RawRecord, writeCached } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { markFetched, removeMark } from '../store/fetched-marks.ts';
import { authorFrames } from './evaluate-bundle.ts';
import type { Failure, Report } from './events.ts';
import type { Pool } from './pool.ts';
import type { SharedResults } from './shared-results.ts';
import type { TaskRequest, TaskResult } from './worker.ts';

/** A task to run. */
export type Work = {
  readonly plan: Plan;
  readonly task: Task;
  /** Its records, if the same must come out again. */
  readonly before: readonly RawRecord[] | undefined;
  /** Where those came from, if from elsewhere. */
  readonly from?: string;
};

type Context = {
  readonly root: string;
  readonly pool: Pool;
  readonly shared: SharedResults | undefined;
  readonly report: Report;
};

const requestOf = (root: string, { plan, task }: Work, id: number): TaskRequest => ({
  id,
  root,
  file: plan.file,
  code: plan.code.code,
  task,
  data: plan.definition.data,
});

/** Checks a task's records and writes them to the cache and the shared store, or returns what is wrong with them. */
async function keep({ root, pool, shared }: Context, work: Work, records: string): Promise<TaskResult> {
  const { plan, task, before, from } = work;
  try {
    rowsOf(plan, task, JSON.parse(records) as RawRecord[]);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { ok: false, seed: error.seed, message: error.message, stack: '' };
  }
  const isSame = before === undefined || records === canonicalJson(before);
  // Of two results that both came from elsewhere, nobody knows which is right.
  if (!isSame && (from === undefined || pool.from !== undefined)) {
    const message = 'gave another result than before from the same inputs: it is not a function of them';
    return { ok: false, message, stack: '' };
  }
  if (pool.from !== undefined) await markFetched(root, plan, task, pool.from);
  await writeCached(root, plan.name, task, records);
  if (pool.from === undefined) {
    await removeMark(root, plan, task);
    await shared?.put(task, records);
  }
  if (isSame) return { ok: true, records };
  const message = `gives another result here than the one from ${from}, whose place it takes; others from there may be wrong too: --audit 100%`;
  return { ok: false, message, stack: '' };
}

/** What went wrong with a task, in the author's lines. */
async function failureOf(root: string, { plan, task }: Work, result: TaskResult & { ok: false }): Promise<Failure> {
  const { seed, message, stack } = result;
  let frames = authorFrames(stack, plan.file, plan.code.map);
  if (frames.length === 0) frames = [await runLocation(root, plan.file)];
  const seeds = seed === undefined ? task.seeds : [seed];
  return { experiment: plan.name, file: plan.file, params: task.params, seeds, message, frames };
}

/**
 * Runs all of `queue` in its order. Returns the failures in that order. Throws LabError if a result cannot be written or
 * the pool cannot go on; then no more tasks start, and those under way end.
 */
export async function runTasks(queue: readonly Work[], context: Context): Promise<Failure[]> {
  const { root, pool, report } = context;
  const failures = new Map<number, Failure>();
  let next = 0;

  async function runTask(id: number): Promise<void> {
    const work = queue[id]!;
    const { plan, task } = work;
    const source = { experiment: plan.name, task };
    let hasStarted = false;
    const start = () => {
      if (!hasStarted) report({ kind: 'started', ...source });
      hasStarted = true;
    };
    let result = await pool.run(requestOf(root, work, id), plan.definition.timeLimit, (message) => {
      start();
      if (message.kind === 'log') report({ kind: 'log', ...source, text: message.text });
      if (message.kind === 'progress') report({ kind: 'progress', ...source, fraction: message.fraction });
    });
    start();
    if (result.ok) result = await keep(context, work, result.records);
    if (result.ok) {
      report({ kind: 'finished', ...source });
      return;
    }
    const failure = await failureOf(root, work, result);
    failures.set(id, failure);
    report({ kind: 'failed', ...source, failure });
  }

  const runLane = async () => {
    for (let id = next++; id < queue.length; id = next++) {
      try {
        await runTask(id);
      } catch (error) {
        next = queue.length;
        throw error;
      }
    }
  };
  const lanes = Array.from({ length: Math.min(pool.lanes, queue.length) }, runLane);
  for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason;
  return [...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure);
}
