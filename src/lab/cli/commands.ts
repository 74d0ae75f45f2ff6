/** Implements the commands of `npm run experiments`: run, list, explain, publish, prune. */
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { filesWithLoader } from '../data-files/loaders.ts';
import { checkMade } from '../data-files/stale-data.ts';
import { LabError } from '../errors.ts';
import { chooseExperiments, type Plan, planExperiment, type Task } from '../plan/plan.ts';
import { shardKeys } from '../plan/shard.ts';
import { readTimes, timeName, writeTimes } from '../plan/task-times.ts';
import { explainStaleTasks } from '../plan/why.ts';
import { checkProjectPath, lastRoot } from '../project.ts';
import { readBaseline, readClaims, writeBaseline } from '../results/baseline.ts';
import { compareBaseline, comparisonLines, comparisonMarkdown } from '../results/compare-baseline.ts';
import { measureTexts, type Results } from '../results/find-measure.ts';
import { loadResult } from '../results/load-results.ts';
import type { RunEvent } from '../run/events.ts';
import { seedsText } from '../run/failures.ts';
import { errorReason } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { writeLastResult, writeLastRun } from '../store/last-run.ts';
import { prune } from '../store/prune.ts';
import { type Command, type Options, usage } from './options.ts';
import { jsonReporter, lineReporter, type Reporter, type Screen, terminalReporter } from './reporters.ts';
import { runReported } from './run-reported.ts';

/** The arguments of a command. */
type CommandContext = {
  readonly root: string;
  readonly options: Options;
  readonly screen: Screen;
  /** Plans of the chosen experiments, without those that are broken. */
  readonly plans: readonly Plan[];
  /** Writes the lines, or with --json the value. */
  readonly print: (json: unknown, lines: readonly string[]) => void;
};

type Settled<T> = { readonly good: readonly T[]; readonly errors: readonly LabError[] };

/** Calls `work` for each item; a LabError at one does not stop the others. Throws any other error. */
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

/** Prints the errors; true if there are none. */
function reportErrors({ print }: Pick<CommandContext, 'print'>, errors: readonly LabError[]): boolean {
  for (const { message } of errors) print({ kind: 'error', message }, [message]);
  return errors.length === 0;
}

/** Results of the plans whose tasks all have one; prints an error for each of the others. */
async function resultsOf(context: CommandContext, plans: readonly Plan[]) {
  const { good, errors } = await settle(plans, async (plan) => {
    const result = await loadResult(context.root, plan);
    if (!('missing' in result)) return result;
    throw new LabError(`${plan.name}: ${result.missing} of ${plan.tasks.length} tasks have no result`);
  });
  return { results: good, whole: reportErrors(context, errors) };
}

/** Compares with the published results, prints what changed, and writes the report if asked to. */
async function compare({ root, options, print }: CommandContext, results: Results): Promise<void> {
  const published = await readBaseline(root);
  if (published === undefined) {
    if (options.report !== undefined) throw new LabError('no report: nothing is published yet (`--publish`)');
    return;
  }
  // Until the site is built for the first time, the claims are the published ones.
  const comparison = compareBaseline(published, results, (await readClaims(root)) ?? published.claims);
  print({ kind: 'refresh', ...comparison }, comparisonLines(comparison));
  if (options.report !== undefined) await writeFile(options.report, comparisonMarkdown(comparison));
}

async function list({ root, plans, print }: CommandContext): Promise<boolean> {
  for (const plan of plans) {
    const { name, key, tasks } = plan;
    const { question } = plan.definition;
    const done = tasks.length - (await explainStaleTasks(root, plan)).length;
    print({ kind: 'experiment', name, question, tasks: tasks.length, done, key }, [
      `${name}: ${done} of ${tasks.length} tasks done. ${question}`,
    ]);
  }
  return true;
}

/** `--measures`: every measure that has its results, by the path that posts cite. */
async function listMeasures(context: CommandContext): Promise<boolean> {
  const { results, whole } = await resultsOf(context, context.plans);
  for (const { name, measures } of results) {
    const lines = [...measureTexts(measures, name)];
    const width = Math.max(...lines.map(([path]) => path.length));
    context.print(
      { kind: 'measures', experiment: name, measures },
      lines.map(([path, text]) => `${path.padEnd(width)}  ${text}`),
    );
  }
  return whole;
}

/** `--dry-run` and `--why`: how many tasks would run; with `--why` also which, and the reasons. */
async function dryRun({ root, options, plans, print }: CommandContext): Promise<boolean> {
  const why = options.command === 'why';
  for (const plan of plans) {
    const { name, tasks } = plan;
    const stale = await explainStaleTasks(root, plan);
    const detail = stale.map(({ task: { params, seeds }, reasons }) => ({ params, seeds, reasons }));
    print({ kind: options.command, experiment: name, tasks: tasks.length, stale: why ? detail : stale.length }, [
      `${name}: ${stale.length} of ${tasks.length} tasks would run`,
      ...(why ? detail : []).map(
        ({ params, seeds, reasons }) => `  ${canonicalJson(params)}, ${seedsText(seeds)}: ${reasons.join('; ')}`,
      ),
    ]);
  }
  return true;
}

async function pruneCache({ root, plans, print }: CommandContext): Promise<boolean> {
  const removed = await prune(root, plans);
  print({ kind: 'pruned', removed }, [`${removed} files removed`]);
  return true;
}

async function publish(context: CommandContext): Promise<boolean> {
  const { results, whole } = await resultsOf(context, context.plans);
  if (!whole) throw new LabError('nothing published: run `npm run experiments` first');
  await compare(context, results);
  const claims = await readClaims(context.root);
  if (!claims) throw new LabError('nothing published: run `npm run build` first, which finds the claims');
  await writeBaseline(context.root, results, claims);
  context.print({ kind: 'published', experiments: results.length, claims: claims.length }, [
    `published: ${results.length} experiments, ${claims.length} claims`,
  ]);
  return true;
}

function reporterOf({ options, screen }: CommandContext): Reporter {
  if (options.json) return jsonReporter(screen);
  return screen.columns() === undefined ? lineReporter(screen, options.jobs) : terminalReporter(screen, options.jobs);
}

/**
 * Records the inputs and results of complete runs for `--why` and the dev server. If they cannot be written, prints a
 * warning only: the results themselves are in the cache.
 */
async function recordRuns({ root, print }: CommandContext, plans: readonly Plan[], results: Results): Promise<void> {
  const writes = [
    ...plans.map((plan) => writeLastRun(root, plan)),
    ...results.map((result) => writeLastResult(root, result)),
  ];
  const failed = (await Promise.allSettled(writes)).find((write) => write.status === 'rejected');
  if (failed === undefined) return;
  const place = relative(root, lastRoot(root));
  const message = `${place}: notes for --why and \`npm run dev\` cannot be written: ${errorReason(failed.reason)}; make the folder yours, or remove it`;
  print({ kind: 'warning', message }, [message]);
}

/** The keys of the slice to run, as `--shard` says; undefined for all. */
async function chosenKeys({ options, plans, print }: CommandContext): Promise<ReadonlySet<string> | undefined> {
  const { shard, times: file } = options;
  // Without --shard too: after the run, which may take hours, an error would come late.
  const times = file === undefined ? undefined : await readTimes(file);
  if (shard === undefined) return undefined;
  const keys = shardKeys(plans, shard, times);
  const by = times === undefined ? 'keys' : `the times in ${file}`;
  const all = plans.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const message = `slice ${shard.index} of ${shard.count} by ${by}: ${keys.size} of ${all} tasks`;
  print({ kind: 'note', message }, [message]);
  return keys;
}

/** Collects how long each task takes. */
function createStopwatch(clock: () => number) {
  const began = new Map<Task, number>();
  const times: Record<string, Record<string, number>> = {};
  return {
    times,
    note(event: RunEvent) {
      if (event.kind === 'started') began.set(event.task, clock());
      if (event.kind !== 'finished') return;
      const seconds = Math.round(clock() - began.get(event.task)!) / 1000;
      times[event.experiment] = { ...times[event.experiment], [timeName(event.task)]: seconds };
    },
  };
}

async function run(context: CommandContext): Promise<boolean> {
  const { root, options, plans, screen } = context;
  const { shard, times } = options;
  const only = await chosenKeys(context);
  const reporter = reporterOf(context);
  const stopwatch = createStopwatch(screen.clock);
  const report = (event: RunEvent) => {
    stopwatch.note(event);
    reporter.note(event);
  };
  const failures = await runReported(root, plans, options, reporter, { only, report });
  if (times !== undefined) await writeTimes(times, stopwatch.times, shard);
  // The other slices have the rest.
  if (shard !== undefined) return failures.length === 0;
  const failed = new Set(failures.map(({ experiment }) => experiment));
  const complete = plans.filter((plan) => !failed.has(plan.name));
  const { results, whole } = await resultsOf(context, complete);
  await recordRuns(context, complete, results);
  await compare(context, results);
  return whole && failures.length === 0;
}

const commands: Readonly<Record<Exclude<Command, 'help'>, (context: CommandContext) => Promise<boolean>>> = {
  run,
  list,
  measures: listMeasures,
  why: dryRun,
  'dry-run': dryRun,
  publish,
  prune: pruneCache,
};

/** Runs the command of `options` in the project at `root`. Returns the exit code. */
export async function runCommand(root: string, options: Options, screen: Screen): Promise<number> {
  const line = (text: string) => screen.write(`${text}\n`);
  if (options.command === 'help') {
    line(usage);
    return 0;
  }
  const print: CommandContext['print'] = (json, lines) =>
    options.json ? line(JSON.stringify(json)) : lines.forEach(line);
  checkProjectPath(root);
  const files = await chooseExperiments(root, options.names);
  const { good: plans, errors } = await settle(files, (file) => planExperiment(root, file));
  // Charts and posts may show data files that no experiment declares.
  const made = await settle(options.names.length === 0 ? filesWithLoader(root) : [], (file) => checkMade(root, file));
  const all = new Map([...errors, ...made.errors].map((error) => [error.message, error]));
  const sound = reportErrors({ print }, [...all.values()]);
  if (!sound && (options.command === 'prune' || options.command === 'publish')) {
    throw new LabError(`--${options.command} needs all experiments to be sound: nothing done`);
  }
  const good = await commands[options.command]({ root, options, screen, plans, print });
  return good && sound ? 0 : 1;
}
