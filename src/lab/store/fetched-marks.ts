/** Marks of the cached results that came from elsewhere, for audits: a file each, with the address. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { LabError } from '../errors.ts';
import type { Plan, Task } from '../plan/plan.ts';
import { fetchedFile } from '../project.ts';
import { errorReason, writeAtomic } from './cache.ts';

const noFile = (error: unknown): boolean => /^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '');

const failure = (root: string, file: string, does: string, error: unknown): LabError =>
  new LabError(`${relative(root, file)}: where a result came from cannot be ${does}: ${errorReason(error)}`, {
    cause: error,
  });

/** Remembers that a cached result came from `address`. Throws LabError if it cannot. */
export async function markFetched(root: string, { name }: Plan, { key }: Task, address: string): Promise<void> {
  const file = fetchedFile(root, name, key);
  try {
    await writeAtomic(file, `${address}\n`);
  } catch (error) {
    throw failure(root, file, 'written', error);
  }
}

/**
 * Where a cached result came from; undefined if it was computed here. Synchronous, as the look-up of the result is. Throws
 * LabError if it cannot be read.
 */
export function fetchedFrom(root: string, { name }: Plan, { key }: Task): string | undefined {
  const file = fetchedFile(root, name, key);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (noFile(error)) return undefined;
    throw failure(root, file, 'read', error);
  }
}

/** Remembers that a result was computed here. Throws LabError if it cannot. */
export async function removeMark(root: string, { name }: Plan, { key }: Task): Promise<void> {
  const file = fetchedFile(root, name, key);
  try {
    await rm(file);
  } catch (error) {
    if (!noFile(error)) throw failure(root, file, 'removed', error);
  }
}
