/** The command `npm run stress`, which writes `experiments/stress.json`: run it after a build, which finds the claims. */
import '../lab/fixed-locale.ts';
import { availableParallelism } from 'node:os';
import { liveBars, plainLines } from '../lab/bars.ts';
import { writeWhole } from '../lab/cache.ts';
import { LabError, messageOf } from '../lab/errors.ts';
import { chooseExperiments, type Plan, planExperiment } from '../lab/plan.ts';
import { readClaims } from '../lab/published.ts';
import type { ExperimentResult } from '../lab/results.ts';
import { runPlans } from '../lab/run.ts';
import { loadResult } from '../lab/stored.ts';
import { failing, type Stressed, stress, stressFile, stressOf } from './stress.ts';

const root = process.cwd();
const screen = {
  write: (text: string) => void process.stdout.write(text),
  clock: () => performance.now(),
  columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
};
const say = (line: string): void => screen.write(`${line}\n`);

/** Runs what the cache lacks of plans that are one experiment's, or each of another, and loads all their results. */
async function measure(plans: readonly Plan[]): Promise<readonly ExperimentResult[]> {
  const names = [...new Set(plans.map(({ name }) => name))];
  const merged = names.map((name): Plan => {
    const own = plans.filter((plan) => plan.name === name);
    return { ...own[0]!, tasks: own.flatMap(({ tasks }) => tasks) };
  });
  const reporter =
    screen.columns() === undefined
      ? plainLines(screen, availableParallelism())
      : liveBars(screen, availableParallelism());
  const reminder = setInterval(() => reporter.remind(), 30_000);
  const failures = await runPlans(root, merged, { report: (event) => reporter.note(event) }).finally(() =>
    clearInterval(reminder),
  );
  reporter.close();
  if (failures.length > 0) throw new LabError(`${failures.length} tasks failed: no claim was tried on their seeds`);
  return Promise.all(
    plans.map(async (plan) => {
      const result = await loadResult(root, plan);
      if ('missing' in result) throw new LabError(`${plan.name}: ${result.missing} tasks have no result`);
      return result;
    }),
  );
}

const line = ({ held, sets, post, sentence, of, kind, margin }: Stressed): string =>
  `  ${held} of ${sets}, margin ${margin}: “${sentence}” (${post}; ${of}, ${kind})`;

async function run(): Promise<number> {
  const claims = await readClaims(root);
  if (claims === undefined) throw new LabError('no claims are known yet: run `npm run build` first, which finds them');
  const files = await chooseExperiments(root);
  const plans = await Promise.all(files.map((file) => planExperiment(root, file)));
  const report = await stress(plans, claims, measure);
  await writeWhole(stressFile(root), `${JSON.stringify(report, null, 2)}\n`);
  const loose = claims.filter((claim) => claim.inTheseRuns).map((claim) => stressOf(report, claim));
  const failed = failing(report, (claim) => loose.includes(claim));
  const all = report.claims.filter(({ held, sets }) => held === sets).length;
  say(`${report.claims.length} assertions on fresh seeds: ${all} held on every set, ${failed.length} failed`);
  for (const claim of report.claims) if (claim.held < claim.sets) say(line(claim));
  if (failed.length === 0) return 0;
  say('These fail: weaken the sentence, measure on more seeds, or give the claim inTheseRuns, which the page says:');
  for (const claim of failed) say(line(claim));
  return 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  const internal = error instanceof Error && !(error instanceof LabError);
  process.stderr.write(`${internal ? error.stack : messageOf(error)}\n`);
  process.exitCode = 1;
}
