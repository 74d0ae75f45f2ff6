/** Runs plans as arguments say: which store, whose workers, how much is audited; a reporter tells what happens. */
import { LabError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { Failure, Report } from '../run/events.ts';
import type { Pool } from '../run/pool.ts';
import { type RunOptions, runPlans, taskMemory } from '../run/run.ts';
import { openStore, tokenVariable } from '../store/shared-store.ts';
import type { Options } from './options.ts';
import type { Reporter } from './reporters.ts';

/** Milliseconds between two reports of long tasks. */
const REMINDER_INTERVAL = 30_000;

/** The options of a run. Throws LabError as `runReported` does. */
export function runOptionsOf(root: string, options: Options, report: Report): RunOptions {
  const { jobs, force, shuffle, cache, audit, on } = options;
  const store = cache === undefined ? undefined : openStore(root, cache, process.env[tokenVariable]);
  if (on !== undefined && store?.writable === false)
    throw new LabError(`--on needs a store that may be written: set ${tokenVariable} to its token`);
  const openPool = async (): Promise<Pool> => {
    // Its client takes a quarter of a second to load.
    const { openQueuePool } = await import('../queue/queue-pool.ts');
    return openQueuePool({ root, address: on!, store: store!, force, jobs, memory: taskMemory, report });
  };
  return {
    jobs,
    force,
    report,
    ...(shuffle === undefined ? {} : { shuffle }),
    ...(store === undefined ? {} : { store }),
    ...(audit === undefined ? {} : { audit }),
    ...(on === undefined ? {} : { openPool }),
  };
}

/**
 * Runs the tasks of `plans` that are not cached, of those in `only` if it is given. Returns the failures. Throws LabError
 * if the store's address is none, the store of a queue may not be written, or a result cannot be written.
 */
export async function runReported(
  root: string,
  plans: readonly Plan[],
  options: Options,
  reporter: Reporter,
  { only, report = reporter.note }: { readonly only?: ReadonlySet<string> | undefined; readonly report?: Report } = {},
): Promise<Failure[]> {
  const runOptions = runOptionsOf(root, options, report);
  const reminder = setInterval(() => reporter.remind(), REMINDER_INTERVAL);
  try {
    return await runPlans(root, plans, only === undefined ? runOptions : { ...runOptions, only });
  } finally {
    clearInterval(reminder);
    reporter.close();
  }
}
