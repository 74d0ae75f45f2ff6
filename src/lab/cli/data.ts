/** The command `npm run data`: makes the data files whose loader changed, and records what made them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileOfLoader, filesWithLoader, findLoader, loaderNames, projectPath } from '../data-files/loaders.ts';
import { makeData } from '../data-files/run-loader.ts';
import { fileDigest, type LoaderRecord, loaderDigest, readLoaderRecord, whyStale } from '../data-files/stale-data.ts';
import { nearestName } from '../did-you-mean.ts';
import { LabError, messageOf } from '../errors.ts';
import { dataFilesOf } from '../plan/plan.ts';
import { experimentFiles, isWithin, loadersFile } from '../project.ts';
import { writeAtomic } from '../store/cache.ts';

/** How the command is used. */
export const dataUsage = `npm run data -- [file …] [options]

Runs the loaders that changed since they made their data file, or of the named files. What experiments/data/x.csv.py
writes to standard output is experiments/data/x.csv. Loaders end in .py, .ts, .js, .sh or .R.

  --force         run loaders that have not changed too
  --time-limit N  seconds that a loader may take (3600)
  --help          this text`;

/** The most seconds that a timer counts. */
const longest = 2_000_000;

type DataOptions = { readonly names: readonly string[]; readonly force: boolean; readonly timeLimit: number };

/** Parses the arguments; undefined asks for help. Throws LabError for wrong ones. */
function readOptions(args: readonly string[]): DataOptions | undefined {
  const options = {
    force: { type: 'boolean', default: false },
    'time-limit': { type: 'string', default: '3600' },
    help: { type: 'boolean', default: false },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new LabError(`${messageOf(error)}\n\n${dataUsage}`);
  }
  const { values, positionals } = parsed;
  const timeLimit = Number(values['time-limit']);
  if (!(timeLimit > 0 && timeLimit <= longest)) {
    throw new LabError(`--time-limit needs seconds, at most ${longest}: ${values['time-limit']}`);
  }
  return values.help ? undefined : { names: positionals, force: values.force, timeLimit };
}

/** Writes the record, sorted, after a change of what is in the file now. */
async function changeRecord(root: string, change: (record: LoaderRecord) => LoaderRecord): Promise<void> {
  const entries = Object.entries(change(await readLoaderRecord(root))).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeAtomic(join(root, loadersFile), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

/** Takes files out of the record that no loader makes any more. */
async function forget(root: string): Promise<void> {
  const record = await readLoaderRecord(root);
  const loaders = await Promise.all(
    Object.keys(record).map(async (file) => [file, await findLoader(root, file)] as const),
  );
  const gone = loaders.flatMap(([file, loader]) => (loader === undefined ? [file] : []));
  if (gone.length > 0) {
    await changeRecord(root, (now) => Object.fromEntries(Object.entries(now).filter(([file]) => !gone.includes(file))));
  }
}

/** The data file that an argument names, by itself or by its loader. Throws LabError if it has no loader. */
async function namedFile(root: string, name: string): Promise<string> {
  const path = projectPath(root, name);
  if (!isWithin(root, join(root, path))) throw new LabError(`${name} lies outside of the project`);
  if ((await findLoader(root, path)) !== undefined) return path;
  const made = fileOfLoader(path);
  if (made !== undefined && (await findLoader(root, made)) === path) return made;
  const close = nearestName(path, filesWithLoader(root));
  throw new LabError(`${name} has no loader (${loaderNames(path)})${close ? `; did you mean ${close}?` : ''}`);
}

/** Where the command says what it does, and what stops it. */
export type DataContext = {
  readonly root: string;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  readonly stop: AbortSignal;
};

/** Makes one file if it is stale. Throws LabError. */
async function make({ root, print, stop }: DataContext, file: string, options: DataOptions): Promise<void> {
  const loader = await findLoader(root, file);
  if (loader === undefined) return;
  if (!options.force && (await whyStale(root, file, loader)) === undefined) return print(`${file}: up to date`);
  print(`${file}: ${loader} runs`);
  const before = await readFile(join(root, file)).catch(() => undefined);
  // Taken first: if the loader is edited while it runs, its file is stale.
  const loaderSha256 = await loaderDigest(root, loader);
  const bytes = await makeData(root, file, loader, { timeLimit: options.timeLimit, stop });
  const entry = { loader, loaderSha256, fileSha256: fileDigest(file, bytes) };
  await changeRecord(root, (record) => ({ ...record, [file]: entry }));
  print(`${file}: ${before?.equals(bytes) ? 'the same' : 'written'}, ${bytes.length} bytes`);
}

/** Runs the command. Whether all went well; an error at one file does not stop the others. */
export async function makeDataFiles(args: readonly string[], context: DataContext): Promise<boolean> {
  const { root, print, printError, stop } = context;
  const options = readOptions(args);
  if (options === undefined) {
    print(dataUsage);
    return true;
  }
  // A damaged record is an error before hours of work.
  await readLoaderRecord(root);
  let good = true;
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      printError(error.message);
      good = false;
      return undefined;
    }
  };
  const done = new Set<string>();
  const makeAll = async (files: readonly string[]): Promise<void> => {
    for (const file of files) {
      if (stop.aborted || done.has(file)) continue;
      done.add(file);
      await attempt(() => make(context, file, options));
    }
  };
  if (options.names.length > 0) {
    await makeAll(await Promise.all(options.names.map((name) => namedFile(root, name))));
    return good;
  }
  await makeAll(filesWithLoader(root));
  // After those, since an experiment may import one of them: files elsewhere that experiments declare or import.
  for (const experiment of stop.aborted ? [] : await experimentFiles(root)) {
    await makeAll((await attempt(() => dataFilesOf(root, experiment))) ?? []);
  }
  await attempt(() => forget(root));
  return good;
}

/** Runs the command in the working directory, until a signal stops it. Whether all went well. */
export async function main(args: readonly string[]): Promise<boolean> {
  const stopper = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopper.abort(signal));
  // A reader such as `head` may close the pipe; the loaders go on.
  process.stdout.on('error', () => {});
  return makeDataFiles(args, {
    root: process.cwd(),
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
    stop: stopper.signal,
  });
}
