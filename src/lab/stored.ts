/** Stored results: what the cache holds under the keys of the experiments as they are on disk now. */
import { type RawRecord, readCached } from './cache.ts';
import { LabError } from './errors.ts';
import { readLastResult } from './last-result.ts';
import type { Results } from './measures.ts';
import { chooseExperiments, type Plan, planExperiment } from './plan.ts';
import { experimentName } from './project.ts';
import { type ExperimentResult, resultOf } from './results.ts';

/** The result of a plan, or how many of its tasks have none. */
export async function loadResult(root: string, plan: Plan): Promise<ExperimentResult | { readonly missing: number }> {
  const cached = plan.tasks.map((task) => readCached(root, plan.name, task));
  const records = cached.flatMap((found): (readonly RawRecord[])[] =>
    found.state === 'present' ? [found.records] : [],
  );
  return records.length === cached.length ? resultOf(plan, records) : { missing: cached.length - records.length };
}

/**
 * The results of the experiments called `names` (omitted: all) under `root`. Runs nothing: throws LabError if one is
 * missing or stale.
 */
export async function loadResults(options: { root: string; names?: readonly string[] }): Promise<Results> {
  const files = await chooseExperiments(options.root, options.names);
  const stale: string[] = [];
  const loaded = await Promise.all(
    files.map(async (file) => {
      const plan = await planExperiment(options.root, file);
      const result = await loadResult(options.root, plan);
      if ('missing' in result) {
        stale.push(`  ${plan.name}: ${result.missing} of ${plan.tasks.length} tasks`);
        return [];
      }
      return [result];
    }),
  );
  if (stale.length > 0) {
    throw new LabError(`results are missing or stale: run \`npm run experiments\`\n${stale.sort().join('\n')}`);
  }
  return loaded.flat();
}

/** What stands for the result of an experiment that has never run. */
const unmeasured = (plan: Plan): ExperimentResult => ({
  name: plan.name,
  file: plan.file,
  question: plan.definition.question,
  params: plan.definition.params,
  points: plan.definition.points,
  seeds: plan.definition.seeds,
  tasks: [],
  key: plan.key,
  records: [],
  measures: {},
  unmeasured: true,
});

/**
 * For dev: every result there is. Where tasks are missing, or the experiment's file is broken, the last good result
 * stands in, marked as `refreshing`; `complain` hears of what is broken.
 */
export async function loadAvailable(root: string, complain: (message: string) => void): Promise<Results> {
  const loaded = (await chooseExperiments(root)).map(async (file) => {
    try {
      const plan = await planExperiment(root, file);
      const result = await loadResult(root, plan);
      if (!('missing' in result)) return [result];
      const last = await readLastResult(root, plan.name);
      return [last === undefined ? unmeasured(plan) : { ...last, refreshing: true as const }];
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      complain(error.message);
    }
    const last = await readLastResult(root, experimentName(file));
    return last === undefined ? [] : [{ ...last, refreshing: true as const }];
  });
  return (await Promise.all(loaded)).flat();
}
