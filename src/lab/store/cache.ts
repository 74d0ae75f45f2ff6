/**
 * The cache of results: one JSON file a task, named by its key, with a checksum, written atomically (temporary file,
 * then rename). Its bytes do not depend on when, where or in which order it was written.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { LabError, messageOf } from '../errors.ts';
import type { Task } from '../plan/plan.ts';
import { sha256, type TaskInputs, taskKey } from '../plan/task-key.ts';
import { cacheFile } from '../project.ts';
import { canonicalJson } from './canonical-json.ts';

/** A record as it is stored: checked against no schema. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** The outcome of looking a task up. */
type CacheLookup =
  | { readonly state: 'present'; readonly records: readonly RawRecord[] }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged' };

/** Writes a file so that any reader sees either the old content or the new. */
export async function writeAtomic(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    // No fsync: the checksum detects a file that a power cut tore.
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Why a file cannot be read or written: `ENOSPC: no space left on device`, without the call and the temporary file. */
export const errorReason = (error: unknown): string => messageOf(error).split(',')[0]!;

/** The beginning of an entry's body, up to the records. */
const bodyStart = (task: Task): string => `{"inputs":${canonicalJson(task.inputs)},"records":`;

/** The text of a task's entry, from its records in canonical JSON: a function of the task's inputs alone. */
export function entryText(task: Task, recordsJson: string): string {
  const body = `${bodyStart(task)}${recordsJson}}`;
  return `{"checksum":"${sha256(body)}","task":${body}}\n`;
}

/** Writes a task's records. Throws LabError if the disk is full or the cache may not be written. */
export async function writeCached(root: string, experiment: string, task: Task, recordsJson: string): Promise<void> {
  const file = cacheFile(root, experiment, task.key);
  try {
    await writeAtomic(file, entryText(task, recordsJson));
  } catch (error) {
    const place = relative(root, dirname(file));
    throw new LabError(`${place}: a result of ${experiment} cannot be written: ${errorReason(error)}`, {
      cause: error,
    });
  }
}

/** Reads the text of an entry. Damaged is one that is torn, altered or another task's. */
export function readEntry(text: string, task: Task): CacheLookup {
  const head = /^\{"checksum":"([0-9a-f]{64})","task":/.exec(text);
  const body = head === null ? '' : text.slice(head[0].length, -2);
  const start = bodyStart(task);
  const isWhole = text.endsWith('}\n') && body.startsWith(start) && sha256(body) === head?.[1];
  return isWhole ? { state: 'present', records: JSON.parse(body.slice(start.length, -1)) } : { state: 'damaged' };
}

/** The inputs and records of an entry whose task is not planned any more; undefined if it is not the whole entry of `key`. */
export function readEarlier(
  text: string,
  key: string,
): { readonly inputs: TaskInputs; readonly records: readonly RawRecord[] } | undefined {
  const head = /^\{"checksum":"([0-9a-f]{64})","task":/.exec(text);
  const body = head === null ? '' : text.slice(head[0].length, -2);
  if (!text.endsWith('}\n') || sha256(body) !== head?.[1]) return undefined;
  const entry = JSON.parse(body) as { inputs: TaskInputs; records: readonly RawRecord[] };
  return taskKey(entry.inputs) === key ? entry : undefined;
}

/**
 * Looks a task up. A file that is torn, altered or another task's is damaged, and the task runs again. Synchronous: for
 * some hundred small files that takes a fraction of the time of asynchronous reads. Throws LabError if the file may not
 * be read.
 */
export function readCached(root: string, experiment: string, task: Task): CacheLookup {
  const file = cacheFile(root, experiment, task.key);
  try {
    return readEntry(readFileSync(file, 'utf8'), task);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'absent' };
    const reason = errorReason(error);
    throw new LabError(`${relative(root, file)}: a result of ${experiment} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}
