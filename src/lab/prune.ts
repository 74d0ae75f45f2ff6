/** Removes what no present experiment can look up any more. Only ever by command. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from './plan.ts';
import { cacheDirectory, cacheRoot } from './project.ts';

/** Removes every cache entry but those of `plans`, which must be all of the project's. Says how many files went. */
export async function prune(root: string, plans: readonly Plan[]): Promise<number> {
  const wanted = new Set(
    plans.flatMap((plan) => plan.tasks.map((task) => join(cacheDirectory(root, plan.name), `${task.key}.json`))),
  );
  const entries = await readdir(cacheRoot(root), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const old = files.filter((file) => !wanted.has(file));
  await Promise.all(old.map((file) => rm(file, { force: true })));
  return old.length;
}
