/** Runs a loader, and replaces its data file by what it wrote, if that is whole and in the format of the file's name. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LabError, messageOf } from '../errors.ts';
import { cacheRoot } from '../project.ts';
import { errorReason, writeAtomic } from '../store/cache.ts';
import { normalizedContent } from './line-endings.ts';
import { interpreters } from './loaders.ts';
import { parseData } from './read-data-file.ts';

/** The circumstances of a loader's run. */
export type LoaderOptions = {
  /** Seconds that it may take. */
  readonly timeLimit: number;
  /** Stops it; the reason is the name of the signal that it gets. */
  readonly stop: AbortSignal;
};

/** So that the same loader writes the same bytes: locale, time zone, order of Python's sets; and no files beside it. */
const fixed = { LC_ALL: 'C.UTF-8', TZ: 'UTC', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };

/** Milliseconds after which a loader that does not heed a signal is killed. */
const patience = 2000;

/** Sends a signal to a loader and to all that it started. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

/** Runs the loader with its standard output into `output`. Throws LabError unless it ends well. */
async function run(root: string, loader: string, output: string, { timeLimit, stop }: LoaderOptions): Promise<void> {
  const program = interpreters[extname(loader).slice(1)]!;
  const child = spawn(program, [`./${loader}`], {
    cwd: root,
    // A process group of its own, so that what it starts can be stopped with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...fixed },
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? `needs ${program}, which is not installed` : `cannot run: ${error.message}`),
    );
    child.on('close', (code, signal) => {
      if (signal !== null) resolve(`was ended by ${signal}`);
      else resolve(code === 0 ? undefined : `failed with exit code ${code}; what it said stands above`);
    });
  });
  let stopped: string | undefined;
  const end = (reason: string, signal: NodeJS.Signals): void => {
    stopped ??= reason;
    signalAll(child, signal);
    setTimeout(() => signalAll(child, 'SIGKILL'), patience).unref();
  };
  const onStop = (): void => end('was stopped', stop.reason as NodeJS.Signals);
  const killed = (): void => signalAll(child, 'SIGKILL');
  const timer = setTimeout(
    () => end(`took more than ${timeLimit} seconds: give it more with --time-limit`, 'SIGTERM'),
    timeLimit * 1000,
  );
  stop.addEventListener('abort', onStop);
  process.on('exit', killed);
  const written = pipeline(child.stdout, createWriteStream(output)).catch((error: unknown) => {
    if (child.pid !== undefined) end(`wrote what cannot be kept: ${errorReason(error)}`, 'SIGTERM');
  });
  try {
    const [failure] = await Promise.all([ended, written]);
    const problem = stopped ?? failure;
    if (problem !== undefined) throw new LabError(`${loader} ${problem}`);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
    process.off('exit', killed);
  }
}

/** Makes `file` by its loader, and returns its bytes. Throws LabError with the loader's name; the file is then as before. */
export async function makeData(
  root: string,
  file: string,
  loader: string,
  options: LoaderOptions,
): Promise<Uint8Array> {
  // Ignored by git and by the dev server.
  const parent = dirname(cacheRoot(root));
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'loader-'));
  try {
    const output = join(folder, 'output');
    await run(root, loader, output, options);
    const bytes = await readFile(output);
    if (bytes.length === 0) throw new LabError(`${loader} wrote nothing to standard output`);
    try {
      parseData(file, normalizedContent(file, bytes));
    } catch (error) {
      throw new LabError(`${loader} wrote what cannot be read: ${messageOf(error)}`, { cause: error });
    }
    await writeAtomic(join(root, file), bytes);
    return bytes;
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw new LabError(`${loader} ran, but ${file} cannot be written: ${errorReason(error)}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
