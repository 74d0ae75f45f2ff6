/** Parses the arguments of `npm run experiments`. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { LabError, messageOf } from '../errors.ts';

export const usage = `npm run experiments -- [name …] [options]

Runs the experiments (or those named) whose inputs changed, and keeps their results.

  --list         the experiments, with how many of their tasks have results
  --measures     what was measured, by the names that posts cite; runs nothing
  --why          each task that would run, with the input that changed; runs nothing
  --dry-run      how many tasks would run; runs nothing
  --force        run cached tasks too, and fail if one gives another result
  --shuffle N    start the tasks in another order, which must make no difference
  --jobs N       threads (as many as the machine runs at once)
  --json         lines of JSON instead of words
  --report FILE  what moved against the published results, as Markdown
  --publish      make the present results and claims the published ones
  --prune        remove cached results that no experiment looks up any more
  --help         this text`;

export type Command = 'run' | 'list' | 'measures' | 'why' | 'dry-run' | 'publish' | 'prune' | 'help';

export type Options = {
  readonly command: Command;
  readonly names: readonly string[];
  readonly force: boolean;
  readonly json: boolean;
  readonly jobs: number;
  readonly shuffle: number | undefined;
  readonly report: string | undefined;
};

const commands = ['list', 'measures', 'why', 'dry-run', 'publish', 'prune', 'help'] as const;

/** Parses arguments. Throws LabError for unknown, invalid or conflicting ones. */
export function readOptions(args: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const config = {
    args: [...args],
    allowPositionals: true,
    options: {
      list: flag,
      measures: flag,
      why: flag,
      'dry-run': flag,
      publish: flag,
      prune: flag,
      help: flag,
      force: flag,
      json: flag,
      jobs: text,
      shuffle: text,
      report: text,
    },
  } as const;
  let parsed: ReturnType<typeof parseArgs<typeof config>>;
  try {
    parsed = parseArgs(config);
  } catch (error) {
    throw new LabError(`${messageOf(error)}\n\n${usage}`);
  }
  const { values, positionals } = parsed;
  const chosen = commands.filter((name) => values[name]);
  if (chosen.length > 1) throw new LabError(`${chosen.map((name) => `--${name}`).join(' and ')}: one at a time`);
  if ((chosen[0] === 'publish' || chosen[0] === 'prune') && positionals.length > 0) {
    throw new LabError(`--${chosen[0]} concerns all experiments: give no names`);
  }
  const count = (name: 'jobs' | 'shuffle') => {
    const value = values[name] === undefined ? undefined : Number(values[name]);
    if (value === undefined || (Number.isInteger(value) && value > 0)) return value;
    throw new LabError(`--${name} needs a positive integer: ${values[name]}`);
  };
  return {
    command: chosen[0] ?? 'run',
    names: positionals,
    force: values.force,
    json: values.json,
    jobs: count('jobs') ?? availableParallelism(),
    shuffle: count('shuffle'),
    report: values.report,
  };
}
