/** Removes what no present experiment can look up any more. Only ever by command. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from './plan.ts';
import { cacheFile, cacheRoot, lastResultFile, lastRoot, lastRunFile } from './project.ts';

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Removes all that the lab keeps but what `plans` look up; they must be all of the project's. Says how many files went. */
export async function prune(root: string, plans: readonly Plan[]): Promise<number> {
  const wanted = new Set(
    plans.flatMap(({ name, tasks }) => [
      lastRunFile(root, name),
      lastResultFile(root, name),
      ...tasks.map((task) => cacheFile(root, name, task.key)),
    ]),
  );
  const files = [...(await filesIn(cacheRoot(root))), ...(await filesIn(lastRoot(root)))];
  const old = files.filter((file) => !wanted.has(file));
  await Promise.all(old.map((file) => rm(file, { force: true })));
  return old.length;
}
