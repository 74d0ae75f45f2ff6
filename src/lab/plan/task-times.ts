/**
 * Files of times: seconds that each task took, by experiment, then by point and seeds, so that a time outlives a change of
 * the code. They balance slices and have no part in results.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../errors.ts';
import { errorReason, writeAtomic } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { Task } from './plan.ts';

const schema = z.record(z.string(), z.record(z.string(), z.number().nonnegative()));

/** Seconds by experiment and `timeName`. */
export type TaskTimes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The name of a task in a file of times: its point and its seeds. */
export const timeName = ({ params, seeds }: Pick<Task, 'params' | 'seeds'>): string =>
  `${canonicalJson(params)} ${seeds.length > 1 ? `${seeds[0]}…${seeds.at(-1)}` : seeds[0]}`;

/** Reads a file of times; undefined if there is none, or none in it. Throws LabError if it is something else. */
export async function readTimes(file: string): Promise<TaskTimes | undefined> {
  try {
    const times = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    return Object.values(times).some((each) => Object.keys(each).length > 0) ? times : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LabError(`${file} is no file of times, as --times writes it: remove it, or name another`, {
      cause: error,
    });
  }
}

/** `file` without its ending, with which the files of slices beside it begin: all read the one, so none may change it. */
const stem = (file: string): string => file.replace(/\.json$/, '');

/** The files of slices beside `file`. */
async function sliceFiles(file: string): Promise<string[]> {
  const start = `${basename(stem(file))}.`;
  const names = await readdir(dirname(file)).catch(() => []);
  return names
    .filter((name) => name.startsWith(start) && /^\d+-of-\d+\.json$/.test(name.slice(start.length)))
    .sort()
    .map((name) => join(dirname(file), name));
}

async function write(file: string, times: TaskTimes): Promise<void> {
  try {
    await writeAtomic(file, `${canonicalJson(times)}\n`);
  } catch (error) {
    throw new LabError(`${file}: the times of tasks cannot be written: ${errorReason(error)}`, { cause: error });
  }
}

/**
 * Writes the times of a run: of a slice to a file of its own; otherwise to `file`, with those there and of all slices.
 * Throws LabError if a file is no file of times or cannot be written.
 */
export async function writeTimes(
  file: string,
  times: TaskTimes,
  slice: { index: number; count: number } | undefined,
): Promise<void> {
  if (slice !== undefined) return write(`${stem(file)}.${slice.index}-of-${slice.count}.json`, times);
  const parts = await sliceFiles(file);
  const all: Record<string, Record<string, number>> = {};
  const add = (some: TaskTimes) => {
    for (const [name, seconds] of Object.entries(some)) all[name] = { ...all[name], ...seconds };
  };
  // One after another, so that of several that are none the first is named.
  for (const each of [file, ...parts]) add((await readTimes(each)) ?? {});
  add(times);
  await write(file, all);
  await Promise.all(parts.map((part) => rm(part, { force: true })));
}
