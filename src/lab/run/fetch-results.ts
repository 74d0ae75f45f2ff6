/** Takes results from a shared store into the cache, and remembers which came from elsewhere, for audits. */
import { randomInt } from 'node:crypto';
import type { Plan } from '../plan/plan.ts';
import { readCached, writeCached } from '../store/cache.ts';
import { fetchedFrom, markFetched } from '../store/fetched-marks.ts';
import { createLimit } from './limit.ts';
import type { Work } from './run-tasks.ts';
import { PARALLEL, type SharedResults } from './shared-results.ts';

/** Calls `work` for each item, `PARALLEL` at once; after one that fails, no more begin. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const limit = createLimit(PARALLEL);
  let failed = false;
  const each = async (item: T) => {
    if (!failed)
      await work(item).catch((error) => {
        failed = true;
        throw error;
      });
  };
  await Promise.all(items.map((item) => limit(() => each(item))));
}

/** Fetches the results of `missing` into the cache. Returns those that the store did not have. */
export async function fetchResults(root: string, missing: readonly Work[], shared: SharedResults): Promise<Work[]> {
  const fetched = new Set<Work>();
  await inParallel(missing, async (work) => {
    const { plan, task } = work;
    const records = await shared.get(plan, task);
    if (records === undefined) return;
    // In this order, since a result without its mark would never be audited.
    await markFetched(root, plan, task, shared.store.address);
    await writeCached(root, plan.name, task, records);
    fetched.add(work);
  });
  return missing.filter((work) => !fetched.has(work));
}

/** All tasks of the plans whose cached results came from elsewhere, to be run again. */
function fetchedWork(root: string, plans: readonly Plan[]): Work[] {
  const found: Work[] = [];
  for (const plan of plans) {
    for (const task of plan.tasks) {
      const from = fetchedFrom(root, plan, task);
      if (from === undefined) continue;
      const cached = readCached(root, plan.name, task);
      if (cached.state === 'present') found.push({ plan, task, before: cached.records, from });
    }
  }
  return found;
}

/** A share of the results from elsewhere, at least one of them, chosen so that nobody can foresee which. */
export function chooseAudited(root: string, plans: readonly Plan[], share: number) {
  const all = fetchedWork(root, plans);
  const rest = [...all];
  const length = Math.ceil(share * all.length);
  const chosen = new Set(Array.from({ length }, () => rest.splice(randomInt(rest.length), 1)[0]!));
  return { chosen: all.filter((work) => chosen.has(work)), of: all.length };
}
