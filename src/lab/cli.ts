/** `npm run experiments`: runs what changed, says what it does, and fails if anything failed. */
import { parseArgs } from 'node:util';
import { canonical } from './canonical.ts';
import { LabError, messageOf } from './errors.ts';
import { loadResult } from './load.ts';
import { chooseExperiments, planExperiment } from './plan.ts';
import { type Failure, runPlans } from './run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string' }, force: { type: 'boolean', default: false } },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const failureText = ({ experiment, params, seeds, message, frames }: Failure): string =>
  [
    `${experiment} failed at ${canonical(params)}, seed ${seeds.join(', ')}: ${message}`,
    ...frames.map((frame) => `  at ${frame}`),
  ].join('\n');

async function main(root: string): Promise<number> {
  const files = await chooseExperiments(root, positionals);
  const plans = await Promise.all(files.map((file) => planExperiment(root, file)));
  const failures = await runPlans(root, plans, {
    force: values.force,
    ...(values.jobs === undefined ? {} : { jobs: Number(values.jobs) }),
    report(event) {
      if (event.kind === 'planned') print(`${event.experiment}: ${event.tasks} tasks, ${event.stale} to run`);
      if (event.kind === 'log') print(`${event.experiment}: ${event.text}`);
      if (event.kind === 'failed') print(failureText(event.failure));
    },
  });
  // Measures are derived here too, so that a build knows at once of one that throws.
  for (const plan of plans) await loadResult(root, plan);
  return failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.cwd());
} catch (error) {
  process.stderr.write(
    `${error instanceof LabError ? error.message : error instanceof Error ? error.stack : messageOf(error)}\n`,
  );
  process.exitCode = 1;
}
