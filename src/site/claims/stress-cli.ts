/** Implements `npm run stress`: tests the last build's claims on fresh seeds and writes `experiments/stress.json`. */
import { type Options, readOptions } from '../../lab/cli/options.ts';
import { lineReporter, terminalReporter } from '../../lab/cli/reporters.ts';
import { runReported } from '../../lab/cli/run-reported.ts';
import { LabError } from '../../lab/errors.ts';
import { chooseExperiments, type Plan, planExperiment } from '../../lab/plan/plan.ts';
import { readClaims } from '../../lab/results/baseline.ts';
import { loadResult } from '../../lab/results/load-results.ts';
import type { ExperimentResult } from '../../lab/results/results.ts';
import { writeAtomic } from '../../lab/store/cache.ts';
import { failingClaims, type StressResult, stressClaims, stressFile, stressOf } from './stress.ts';

const screen = {
  write: (text: string) => void process.stdout.write(text),
  clock: () => performance.now(),
  columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
};
const print = (line: string): void => screen.write(`${line}\n`);

/** Runs the tasks of `plans` that the cache lacks, all plans of one experiment together, and loads the results. */
async function measure(root: string, plans: readonly Plan[], options: Options): Promise<readonly ExperimentResult[]> {
  const names = [...new Set(plans.map(({ name }) => name))];
  const merged = names.map((name): Plan => {
    const own = plans.filter((plan) => plan.name === name);
    return { ...own[0]!, tasks: own.flatMap(({ tasks }) => tasks) };
  });
  const { jobs } = options;
  const reporter = screen.columns() === undefined ? lineReporter(screen, jobs) : terminalReporter(screen, jobs);
  const failures = await runReported(root, merged, options, reporter);
  if (failures.length > 0) throw new LabError(`${failures.length} tasks failed: no claim was tried on their seeds`);
  return Promise.all(
    plans.map(async (plan) => {
      const result = await loadResult(root, plan);
      if ('missing' in result) throw new LabError(`${plan.name}: ${result.missing} tasks have no result`);
      return result;
    }),
  );
}

const describe = ({ held, sets, post, sentence, of, kind, margin }: StressResult): string =>
  `  ${held} of ${sets}, margin ${margin}: “${sentence}” (${post}; ${of}, ${kind})`;

/**
 * Runs the command in the folder `root`; `args` are those of a run of experiments. Whether every claim held that must;
 * throws LabError if tasks fail.
 */
export async function stress(root: string, args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  const claims = await readClaims(root);
  if (claims === undefined) throw new LabError('no claims are known yet: run `npm run build` first, which finds them');
  const files = await chooseExperiments(root);
  const plans = await Promise.all(files.map((file) => planExperiment(root, file)));
  const report = await stressClaims(plans, claims, (some) => measure(root, some, options));
  await writeAtomic(stressFile(root), `${JSON.stringify(report, null, 2)}\n`);
  const exempt = claims.filter((claim) => claim.inTheseRuns).map((claim) => stressOf(report, claim));
  const failed = failingClaims(report, (claim) => exempt.includes(claim));
  const all = report.claims.filter(({ held, sets }) => held === sets).length;
  print(`${report.claims.length} assertions on fresh seeds: ${all} held on every set, ${failed.length} failed`);
  for (const claim of report.claims) if (claim.held < claim.sets) print(describe(claim));
  if (failed.length === 0) return true;
  print('These fail: weaken the sentence, measure on more seeds, or give the claim inTheseRuns, which the page says:');
  for (const claim of failed) print(describe(claim));
  return false;
}
