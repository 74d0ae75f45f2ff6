/** Loads results from the cache, by the keys of the experiments as they are on disk now. */
import { checkAllMade } from '../data-files/stale-data.ts';
import { LabError } from '../errors.ts';
import { chooseExperiments, type Plan, planExperiment } from '../plan/plan.ts';
import { experimentName } from '../project.ts';
import { type RawRecord, readCached } from '../store/cache.ts';
import { readLastResult } from '../store/last-run.ts';
import type { Results } from './find-measure.ts';
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
 * missing or stale, or if a data file is.
 */
export async function loadResults(options: { root: string; names?: readonly string[] }): Promise<Results> {
  if (options.names === undefined) await checkAllMade(options.root);
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

/** A placeholder for the result of an experiment that has never run. */
function unmeasured({ name, file, key, definition: { question, params, points, seeds } }: Plan): ExperimentResult {
  return { name, file, question, params, points, seeds, tasks: [], key, records: [], measures: {}, unmeasured: true };
}

/**
 * For the dev server: the results that there are. If tasks are missing or the experiment's file is broken, the last
 * good result takes its place, marked as `refreshing`; `onError` gets the message of a broken file.
 */
export async function loadAvailable(root: string, onError: (message: string) => void): Promise<Results> {
  const loaded = (await chooseExperiments(root)).map(async (file) => {
    let placeholder: ExperimentResult[] = [];
    try {
      const plan = await planExperiment(root, file);
      const result = await loadResult(root, plan);
      if (!('missing' in result)) return [result];
      placeholder = [unmeasured(plan)];
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      onError(error.message);
    }
    const last = await readLastResult(root, experimentName(file));
    return last === undefined ? placeholder : [{ ...last, refreshing: true as const }];
  });
  return (await Promise.all(loaded)).flat();
}
