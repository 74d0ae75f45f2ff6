/**
 * The cache: one JSON file a task, named by its key, written whole or not at all (temporary file, then rename), with a
 * checksum. Nothing in it depends on when, where or in which order it was written.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { canonical } from './canonical.ts';
import { LabError, messageOf } from './errors.ts';
import { sha256 } from './key.ts';
import type { Task } from './plan.ts';
import { cacheFile } from './project.ts';

export type RawRecord = Readonly<Record<string, unknown>>;

/** What the cache holds for a task. */
export type Cached =
  | { readonly state: 'present'; readonly records: readonly RawRecord[] }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged' };

/** Writes a file so that any reader sees the old content or the new, never a part. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    // Not flushed: what a power cut tears, the checksum tells.
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Why a file cannot be read or written: `ENOSPC: no space left on device`, without the call and the temporary file. */
export const reasonOf = (error: unknown): string => messageOf(error).split(',')[0]!;

/** The text of a task's entry, from its records in canonical JSON: a function of the task's inputs and of nothing else. */
function entry(task: Task, recordsJson: string): string {
  const body = `{"inputs":${canonical(task.inputs)},"records":${recordsJson}}`;
  return `{"checksum":"${sha256(body)}","task":${body}}\n`;
}

/** Keeps a task's records. Throws LabError where the disk is full or the cache may not be written. */
export async function writeCached(root: string, experiment: string, task: Task, recordsJson: string): Promise<void> {
  const file = cacheFile(root, experiment, task.key);
  try {
    await writeWhole(file, entry(task, recordsJson));
  } catch (error) {
    const place = relative(root, dirname(file));
    throw new LabError(`${place}: a result of ${experiment} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}

function read(text: string, task: Task): Cached {
  const head = /^\{"checksum":"([0-9a-f]{64})","task":/.exec(text);
  const body = head === null ? '' : text.slice(head[0].length, -2);
  const start = `{"inputs":${canonical(task.inputs)},"records":`;
  const isWhole = text.endsWith('}\n') && body.startsWith(start) && sha256(body) === head?.[1];
  return isWhole ? { state: 'present', records: JSON.parse(body.slice(start.length, -1)) } : { state: 'damaged' };
}

/**
 * Looks a task up. A file that is torn, altered or another task's is damaged, which is as good as absent. Reads at
 * once: for some hundred small files that takes a fraction of what asking for each and waiting does. Throws LabError
 * where there is a file that may not be read.
 */
export function readCached(root: string, experiment: string, task: Task): Cached {
  const file = cacheFile(root, experiment, task.key);
  try {
    return read(readFileSync(file, 'utf8'), task);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'absent' };
    const reason = reasonOf(error);
    throw new LabError(`${relative(root, file)}: a result of ${experiment} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}
