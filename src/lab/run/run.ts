/**
 * Runs the tasks whose results are not cached:
 *
 *     plans ─▶ look up ─▶ shared store ─▶ queue ─▶ pool ─▶ check the record ─▶ cache ─▶ shared store
 *                │ present      │ present            │ failed: the others go on
 *                ▼              ▼                    ▼
 *              done           cache               failures
 *
 * At the end a share of the results that came from elsewhere may be audited: their tasks run here too.
 */
import { availableParallelism } from 'node:os';
import { inputsOf, type Plan, type Task } from '../plan/plan.ts';
import { sha256 } from '../plan/task-key.ts';
import { readCached } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { fetchedFrom } from '../store/fetched-marks.ts';
import type { SharedStore } from '../store/store.ts';
import type { Failure, Report } from './events.ts';
import { seedsText } from './failures.ts';
import { chooseAudited, fetchResults } from './fetch-results.ts';
import { createPool, type Pool } from './pool.ts';
import { runTasks, type Work } from './run-tasks.ts';
import { sharedResults } from './shared-results.ts';

/** Heap of a task in MB, unless a run says otherwise. */
export const taskMemory = 2048;

export type RunOptions = {
  /** Threads; omitted: as many as the machine runs at once. */
  readonly jobs?: number;
  /** Run cached tasks too; their results must be the same. */
  readonly force?: boolean;
  /** Heap of each thread in MB. */
  readonly memory?: number;
  /** Seed of another order in which to start the tasks; it must make no difference. */
  readonly shuffle?: number;
  /** Where results come from before their tasks run, and go to after. */
  readonly store?: SharedStore;
  /** The share, from 0 to 1, of results from elsewhere whose tasks run here too; they must be the same. */
  readonly audit?: number;
  /** The keys of the tasks to run; omitted: all. */
  readonly only?: ReadonlySet<string>;
  /** Opens a pool of workers elsewhere; omitted: threads of this process run the tasks. */
  readonly openPool?: () => Promise<Pool>;
  readonly report?: Report;
};

/** Tasks of the plans that have no result, in the order of the plans; with `force`, all. */
function workOf(root: string, plans: readonly Plan[], force: boolean): Work[] {
  return plans.flatMap((plan) =>
    plan.tasks.flatMap((task): Work[] => {
      const found = readCached(root, plan.name, task);
      if (found.state !== 'present') return [{ plan, task, before: undefined }];
      if (!force) return [];
      const from = fetchedFrom(root, plan, task);
      return [{ plan, task, before: found.records, ...(from === undefined ? {} : { from }) }];
    }),
  );
}

/** The queue, or with a number its tasks sorted by the hash of that number and their key. */
function shuffled(queue: readonly Work[], shuffle: number | undefined): readonly Work[] {
  if (shuffle === undefined) return queue;
  const rank = ({ task }: Work) => sha256(`${shuffle} ${task.key}`);
  return [...queue].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Runs tasks whose results came from elsewhere in a pool of this machine. Returns what differs or fails. */
async function audit(root: string, chosen: readonly Work[], pool: Pool, report: Report): Promise<Failure[]> {
  const failures = await runTasks(chosen, { root, pool, shared: undefined, report: () => {} });
  for (const { experiment, params, seeds, message } of failures)
    report({
      kind: 'warning',
      message: `audit: ${experiment} at ${canonicalJson(params)}, ${seedsText(seeds)}: ${message}`,
    });
  if (failures.length === 0) report({ kind: 'note', message: 'audit: each is the same' });
  return failures;
}

/**
 * Runs every task of `plans` that is not cached. Returns the tasks' failures, in the order of the queue, then those of
 * the audit. Throws LabError if a result cannot be written or the workers cannot be reached.
 */
export async function runPlans(root: string, allPlans: readonly Plan[], options: RunOptions = {}): Promise<Failure[]> {
  const {
    jobs = availableParallelism(),
    force = false,
    memory = taskMemory,
    shuffle,
    store,
    only,
    report = () => {},
  } = options;
  const chosen = (task: Task) => only === undefined || only.has(task.key);
  const plans = allPlans.map((plan) => ({ ...plan, tasks: plan.tasks.filter(chosen) }));
  const shared = store && sharedResults(store);
  const warn = async () => {
    for (const message of (await shared?.settle()) ?? []) report({ kind: 'warning', message });
  };
  const missing = workOf(root, plans, force);
  const asks = shared !== undefined && !force && missing.length > 0;
  if (asks) report({ kind: 'note', message: `looking ${missing.length} results up in ${shared.store.address}` });
  const work = asks ? await fetchResults(root, missing, shared) : missing;
  await warn();
  for (const plan of plans) {
    const countOf = (list: readonly Work[]) => list.filter((each) => each.plan === plan).length;
    const stale = countOf(work);
    const fetched = countOf(missing) - stale;
    report({
      kind: 'planned',
      experiment: plan.name,
      tasks: plan.tasks.length,
      stale,
      fetched,
      inputs: inputsOf(plan),
    });
  }
  const queue = shuffled(work, shuffle);
  const openLocal = (tasks: number) => createPool(Math.max(1, Math.min(jobs, tasks)), memory);
  const failures: Failure[] = [];
  if (queue.length > 0) {
    const pool = options.openPool === undefined ? openLocal(queue.length) : await options.openPool();
    try {
      failures.push(...(await runTasks(queue, { root, pool, shared, report })));
    } finally {
      await pool.close();
      await warn();
    }
  }
  if (options.audit !== undefined) {
    const { chosen, of } = chooseAudited(root, plans, options.audit);
    const run = `${chosen.length} of ${of} results from elsewhere run here too`;
    report({ kind: 'note', message: `audit: ${of === 0 ? 'no result came from elsewhere' : run}` });
    if (of === 0) return failures;
    const pool = openLocal(chosen.length);
    try {
      failures.push(...(await audit(root, chosen, pool, report)));
    } finally {
      await pool.close();
    }
  }
  return failures;
}
