/** Removes cached results that no experiment looks up any more, at the command `--prune` only. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { cacheFile, cacheRoot, fetchedFile, fetchedRoot, lastResultFile, lastRoot, lastRunFile } from '../project.ts';

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Removes all files of the lab that `plans`, all of the project's, do not look up. Returns how many. */
export async function prune(root: string, plans: readonly Plan[]): Promise<number> {
  const wanted = new Set(
    plans.flatMap(({ name, tasks }) => [
      lastRunFile(root, name),
      lastResultFile(root, name),
      ...tasks.flatMap(({ key }) => [cacheFile(root, name, key), fetchedFile(root, name, key)]),
    ]),
  );
  const files = (await Promise.all([cacheRoot(root), fetchedRoot(root), lastRoot(root)].map(filesIn))).flat();
  const old = files.filter((file) => !wanted.has(file));
  await Promise.all(old.map((file) => rm(file, { force: true })));
  return old.length;
}
