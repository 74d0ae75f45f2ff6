/** What each command of `npm run experiments` does. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { jsonLines, liveBars, plainLines, type Reporter, type Screen } from './bars.ts';
import { reasonOf } from './cache.ts';
import { canonical } from './canonical.ts';
import type { Point } from './define.ts';
import { LabError } from './errors.ts';
import { seedsText } from './failure-text.ts';
import { writeLastResult } from './last-result.ts';
import { writeLastRun } from './last-run.ts';
import type { Results } from './measures.ts';
import { type Command, type Options, usage } from './options.ts';
import { chooseExperiments, type Plan, planExperiment } from './plan.ts';
import { checkPlace, lastRoot } from './project.ts';
import { prune } from './prune.ts';
import { readClaims, readPublished, writePublished } from './published.ts';
import { refresh, refreshLines, refreshMarkdown } from './refresh.ts';
import { runPlans } from './run.ts';
import { loadResult } from './stored.ts';
import { explain } from './why.ts';

/** What a command works with. */
type Desk = {
  readonly root: string;
  readonly options: Options;
  readonly screen: Screen;
  /** The chosen experiments, without those that are broken. */
  readonly plans: readonly Plan[];
  /** Writes the words, or with --json the value. */
  readonly say: (json: unknown, words: readonly string[]) => void;
};

type Settled<T> = { readonly good: readonly T[]; readonly errors: readonly LabError[] };

/** Does `work` for each item; an author's error in one does not keep the others from being done. */
async function settle<S, T>(items: readonly S[], work: (item: S) => Promise<T>): Promise<Settled<T>> {
  const good: T[] = [];
  const errors: LabError[] = [];
  for (const outcome of await Promise.allSettled(items.map(work))) {
    if (outcome.status === 'fulfilled') good.push(outcome.value);
    else if (outcome.reason instanceof LabError) errors.push(outcome.reason);
    else throw outcome.reason;
  }
  return { good, errors };
}

/** Says the errors; true if there are none. */
function tell({ say }: Pick<Desk, 'say'>, errors: readonly LabError[]): boolean {
  for (const { message } of errors) say({ kind: 'error', message }, [message]);
  return errors.length === 0;
}

/** The results of those plans that have them all. */
async function resultsOf(desk: Desk, plans: readonly Plan[]): Promise<{ results: Results; whole: boolean }> {
  const { good, errors } = await settle(plans, async (plan) => {
    const result = await loadResult(desk.root, plan);
    if (!('missing' in result)) return result;
    throw new LabError(`${plan.name}: ${result.missing} of ${plan.tasks.length} tasks have no result`);
  });
  return { results: good, whole: tell(desk, errors) };
}

/** Says what moved against the published results. */
async function compare({ root, options, say }: Desk, results: Results): Promise<void> {
  const published = await readPublished(root);
  if (published === undefined) {
    if (options.report !== undefined) throw new LabError('no report: nothing is published yet (`--publish`)');
    return;
  }
  // Before the site is built for the first time, the claims are the published ones.
  const news = refresh(published, results, (await readClaims(root)) ?? published.claims);
  say({ kind: 'refresh', ...news }, refreshLines(news));
  if (options.report !== undefined) await writeFile(options.report, refreshMarkdown(news));
}

async function list({ root, plans, say }: Desk): Promise<boolean> {
  for (const plan of plans) {
    const { name, key, tasks } = plan;
    const { question } = plan.definition;
    const done = tasks.length - (await explain(root, plan)).length;
    say({ kind: 'experiment', name, question, tasks: tasks.length, done, key }, [
      `${name}: ${done} of ${tasks.length} tasks done. ${question}`,
    ]);
  }
  return true;
}

const reasonLine = ({
  params,
  seeds,
  reasons,
}: {
  params: Point;
  seeds: readonly number[];
  reasons: readonly string[];
}) => `  ${canonical(params)}, ${seedsText(seeds)}: ${reasons.join('; ')}`;

/** What would run; `why` with the reasons of each task. */
async function foretell({ root, options, plans, say }: Desk): Promise<boolean> {
  const why = options.command === 'why';
  for (const plan of plans) {
    const { name, tasks } = plan;
    const stale = await explain(root, plan);
    const detail = stale.map(({ task: { params, seeds }, reasons }) => ({ params, seeds, reasons }));
    say({ kind: options.command, experiment: name, tasks: tasks.length, stale: why ? detail : stale.length }, [
      `${name}: ${stale.length} of ${tasks.length} tasks would run`,
      ...(why ? detail.map(reasonLine) : []),
    ]);
  }
  return true;
}

async function clear({ root, plans, say }: Desk): Promise<boolean> {
  const removed = await prune(root, plans);
  say({ kind: 'pruned', removed }, [`${removed} files removed`]);
  return true;
}

async function publish(desk: Desk): Promise<boolean> {
  const { results, whole } = await resultsOf(desk, desk.plans);
  if (!whole) throw new LabError('nothing published: run `npm run experiments` first');
  await compare(desk, results);
  const claims = await readClaims(desk.root);
  if (!claims) throw new LabError('nothing published: run `npm run build` first, which finds the claims');
  await writePublished(desk.root, results, claims);
  desk.say({ kind: 'published', experiments: results.length, claims: claims.length }, [
    `published: ${results.length} experiments, ${claims.length} claims`,
  ]);
  return true;
}

function reporterOf({ options, screen }: Desk): Reporter {
  if (options.json) return jsonLines(screen);
  return screen.columns() === undefined ? plainLines(screen, options.jobs) : liveBars(screen, options.jobs);
}

/**
 * Notes what the results were made from. Where that cannot be written it says so and goes on: the results are in the
 * cache, only `--why` and the dev server will know less.
 */
async function note({ root, say }: Desk, plans: readonly Plan[], results: Results): Promise<void> {
  const writes = [
    ...plans.map((plan) => writeLastRun(root, plan)),
    ...results.map((result) => writeLastResult(root, result)),
  ];
  const failed = (await Promise.allSettled(writes)).find((write) => write.status === 'rejected');
  if (failed === undefined) return;
  const place = relative(root, lastRoot(root));
  const message = `${place}: notes for --why and \`npm run dev\` cannot be written: ${reasonOf(failed.reason)}; make the folder yours, or remove it`;
  say({ kind: 'warning', message }, [message]);
}

async function run(desk: Desk): Promise<boolean> {
  const { root, options, plans } = desk;
  const { jobs, force, shuffle } = options;
  const reporter = reporterOf(desk);
  const reminder = setInterval(() => reporter.remind(), 30_000);
  const failures = await runPlans(root, plans, {
    jobs,
    force,
    ...(shuffle === undefined ? {} : { shuffle }),
    report: (event) => reporter.note(event),
  }).finally(() => clearInterval(reminder));
  reporter.close();
  const failed = new Set(failures.map(({ experiment }) => experiment));
  const complete = plans.filter((plan) => !failed.has(plan.name));
  const { results, whole } = await resultsOf(desk, complete);
  await note(desk, complete, results);
  await compare(desk, results);
  return whole && failures.length === 0;
}

const commands: Readonly<Record<Exclude<Command, 'help'>, (desk: Desk) => Promise<boolean>>> = {
  run,
  list,
  why: foretell,
  'dry-run': foretell,
  publish,
  prune: clear,
};

/** Carries out the options in the project at `root`. Returns the exit code. */
export async function carryOut(root: string, options: Options, screen: Screen): Promise<number> {
  const line = (text: string) => screen.write(`${text}\n`);
  if (options.command === 'help') {
    line(usage);
    return 0;
  }
  const say: Desk['say'] = (json, words) => (options.json ? line(JSON.stringify(json)) : words.forEach(line));
  checkPlace(root);
  const files = await chooseExperiments(root, options.names);
  const { good: plans, errors } = await settle(files, (file) => planExperiment(root, file));
  const sound = tell({ say }, errors);
  if (!sound && (options.command === 'prune' || options.command === 'publish')) {
    throw new LabError(`--${options.command} needs all experiments to be sound: nothing done`);
  }
  const good = await commands[options.command]({ root, options, screen, plans, say });
  return good && sound ? 0 : 1;
}
