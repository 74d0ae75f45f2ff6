/** What each command of `npm run experiments` does. */
import { writeFile } from 'node:fs/promises';
import { jsonLines, liveBars, plainLines, type Reporter, type Screen } from './bars.ts';
import { canonical } from './canonical.ts';
import { LabError, messageOf } from './errors.ts';
import { seedsText } from './failure-text.ts';
import { writeLastResult } from './last-result.ts';
import { writeLastRun } from './last-run.ts';
import type { Results } from './measures.ts';
import { type Options, usage } from './options.ts';
import { chooseExperiments, type Plan, planExperiment } from './plan.ts';
import { prune } from './prune.ts';
import { readClaims, readPublished, writePublished } from './published.ts';
import { refresh, refreshLines, refreshMarkdown } from './refresh.ts';
import type { ExperimentResult } from './results.ts';
import { runPlans } from './run.ts';
import { loadResult } from './stored.ts';
import { explain } from './why.ts';

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

function reporterOf(screen: Screen, { json, jobs }: Options): Reporter {
  if (json) return jsonLines(screen);
  return screen.columns() === undefined ? plainLines(screen) : liveBars(screen, jobs);
}

const resultsOf = async (root: string, plans: readonly Plan[]): Promise<Settled<ExperimentResult>> =>
  settle(plans, async (plan) => {
    const result = await loadResult(root, plan);
    if ('missing' in result)
      throw new LabError(`${plan.name}: ${result.missing} of ${plan.tasks.length} tasks have no result`);
    return result;
  });

/** Carries out the options in the project at `root`. Returns the exit code. */
export async function carryOut(root: string, options: Options, screen: Screen): Promise<number> {
  const line = (text: string) => screen.write(`${text}\n`);
  const say = (json: unknown, words: readonly string[]) => {
    if (options.json) line(JSON.stringify(json));
    else words.forEach(line);
  };
  if (options.command === 'help') {
    line(usage);
    return 0;
  }

  const { good: plans, errors } = await settle(await chooseExperiments(root, options.names), (file) =>
    planExperiment(root, file),
  );
  const tell = (more: readonly LabError[]) => {
    for (const error of more) say({ kind: 'error', message: messageOf(error) }, [messageOf(error)]);
    return more.length === 0;
  };
  let good = tell(errors);

  const report = async (results: Results) => {
    const published = await readPublished(root);
    if (published === undefined) {
      if (options.report !== undefined) throw new LabError('no report: nothing is published yet (`--publish`)');
      return;
    }
    const news = refresh(published, results, await readClaims(root));
    say({ kind: 'refresh', ...news }, refreshLines(news));
    if (options.report !== undefined) await writeFile(options.report, refreshMarkdown(news));
  };

  switch (options.command) {
    case 'list':
      for (const plan of plans) {
        const stale = (await explain(root, plan)).length;
        const done = plan.tasks.length - stale;
        const { question } = plan.definition;
        say({ kind: 'experiment', name: plan.name, question, tasks: plan.tasks.length, done, key: plan.key }, [
          `${plan.name}: ${done} of ${plan.tasks.length} tasks done. ${question}`,
        ]);
      }
      break;

    case 'why':
    case 'dry-run':
      for (const plan of plans) {
        const stale = await explain(root, plan);
        const lines = stale.map(
          ({ task, reasons }) => `  ${canonical(task.params)}, ${seedsText(task.seeds)}: ${reasons.join('; ')}`,
        );
        const detail = stale.map(({ task: { params, seeds }, reasons }) => ({ params, seeds, reasons }));
        say(
          {
            kind: options.command,
            experiment: plan.name,
            tasks: plan.tasks.length,
            stale: options.command === 'why' ? detail : stale.length,
          },
          [
            `${plan.name}: ${stale.length} of ${plan.tasks.length} tasks would run`,
            ...(options.command === 'why' ? lines : []),
          ],
        );
      }
      break;

    case 'prune': {
      if (!good) throw new LabError('nothing pruned: what the experiments above look up is not known');
      const removed = await prune(root, plans);
      say({ kind: 'pruned', removed }, [`${removed} files removed`]);
      break;
    }

    case 'publish': {
      const { good: results, errors: missing } = await resultsOf(root, plans);
      good = tell(missing) && good;
      if (!good) throw new LabError('nothing published: run `npm run experiments` first');
      await report(results);
      const claims = await readClaims(root);
      await writePublished(root, results, claims);
      say({ kind: 'published', experiments: results.length, claims: claims.length }, [
        `published: ${results.length} experiments, ${claims.length} claims`,
      ]);
      break;
    }

    case 'run': {
      const reporter = reporterOf(screen, options);
      const { jobs, force } = options;
      const failures = await runPlans(root, plans, { jobs, force, report: (event) => reporter.note(event) });
      reporter.close();
      const failed = new Set(failures.map(({ experiment }) => experiment));
      const whole = plans.filter((plan) => !failed.has(plan.name));
      await Promise.all(whole.map((plan) => writeLastRun(root, plan)));
      const { good: results, errors: broken } = await resultsOf(root, whole);
      await Promise.all(results.map((result) => writeLastResult(root, result)));
      good = tell(broken) && failures.length === 0 && good;
      await report(results);
    }
  }
  return good ? 0 : 1;
}
