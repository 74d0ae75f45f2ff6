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
  --cache STORE  where machines share results, an address or a folder: looked up before tasks run, filled after;
                 what may write over HTTP is in MEASURED_CACHE_TOKEN. --no-cache: not the store of the configuration
  --audit SHARE  run a share of what came from elsewhere, such as 2%, here too, and fail at another result
  --shard I/N    run slice I of N; tasks are dealt out by their keys
  --times FILE   deal them out by the times in FILE; without --shard, write to FILE how long tasks took
  --on QUEUE     let workers run the tasks (redis://host:6379); needs --cache. See measured worker --help
  --force        run cached tasks too, and fail if one gives another result
  --shuffle N    start the tasks in another order, which must make no difference
  --jobs N       threads (as many as the machine runs at once)
  --json         lines of JSON instead of words
  --report FILE  what moved against the published results, as FILE.md and as a page, FILE.html, with each changed
                 number in its sentence and each changed figure before and after
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
  /** The shared store's address or folder. */
  readonly cache: string | undefined;
  /** The share of results from elsewhere to run again, from 0 to 1. */
  readonly audit: number | undefined;
  readonly shard: Shard | undefined;
  /** The file of times. */
  readonly times: string | undefined;
  /** The address of the queue of tasks. */
  readonly on: string | undefined;
};

/** Slice `index` (from 1) of `count`. */
export type Shard = { readonly index: number; readonly count: number };

const commands = ['list', 'measures', 'why', 'dry-run', 'publish', 'prune', 'help'] as const;

/** `2%` or `0.02` as 0.02. Throws LabError for what is no share. */
function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, percent] = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  if (share > 0 && share <= 1) return share;
  throw new LabError(`--audit needs a share such as 2%, above 0% and at most 100%: ${text}`);
}

/** `3/8` as slice 3 of 8. Throws LabError for what is none. */
function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, i, n] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(i), Number(n)];
  if (index >= 1 && index <= count) return { index, count };
  throw new LabError(`--shard needs a slice such as 3/8, from 1/8 to 8/8: ${text}`);
}

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
      cache: text,
      'no-cache': flag,
      audit: text,
      shard: text,
      times: text,
      on: text,
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
  const { cache, on, times } = values;
  if (times === '') throw new LabError('--times needs a file');
  if (cache !== undefined && values['no-cache']) throw new LabError('--cache and --no-cache: one of them');
  if (cache === '') throw new LabError('--cache needs an address or a folder');
  if (on !== undefined && cache === undefined) {
    throw new LabError(
      '--on needs --cache: results never pass through the queue, workers and this machine share them in a store',
    );
  }
  if (on !== undefined && values.shard !== undefined)
    throw new LabError('--on and --shard: one of them, the workers share the tasks already');
  return {
    command: chosen[0] ?? 'run',
    names: positionals,
    force: values.force,
    json: values.json,
    jobs: count('jobs') ?? availableParallelism(),
    shuffle: count('shuffle'),
    report: values.report,
    cache,
    audit: shareOf(values.audit),
    shard: shardOf(values.shard),
    times,
    on,
  };
}
