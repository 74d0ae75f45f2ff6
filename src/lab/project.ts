/** Where things lie in a project: experiments by name, and what the lab keeps for itself. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LabError } from './errors.ts';

/** Directory of the lab's own files, to be ignored by git. */
const own = '.measured';

export const cacheRoot = (root: string): string => join(root, own, 'cache');

/** One JSON a task, by key. */
export const cacheFile = (root: string, experiment: string, key: string): string =>
  join(cacheRoot(root), experiment, `${key}.json`);

export const lastRoot = (root: string): string => join(root, own, 'last');

/** What the last complete run of an experiment was made from. */
export const lastRunFile = (root: string, experiment: string): string => join(lastRoot(root), `${experiment}.json`);

/** The result of that run. */
export const lastResultFile = (root: string, experiment: string): string =>
  join(lastRoot(root), `${experiment}.result.json`);

/** Claims as the last build of the site found them. */
export const claimsFile = (root: string): string => join(root, own, 'claims.json');

/** Measures and claims as last published; committed. */
export const publishedFile = (root: string): string => join(root, 'experiments', 'published.json');

/** Throws where the site could not be built in the end: Vite takes what follows # or ? in a path for no part of it. */
export function checkPlace(root: string): void {
  const [sign] = /[#?]/.exec(root) ?? [];
  if (sign === undefined) return;
  throw new LabError(
    `the project's path, ${root}, contains “${sign}”, with which Vite finds no files: rename the folder`,
  );
}

/** The name of the experiment in `file`. */
export const experimentName = (file: string): string => basename(file, '.ts');

/** Files of experiments, relative to `root`, by name: `experiments/*.ts` but charts and files that start with `_`. */
export async function experimentFiles(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'experiments')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const isExperiment = (name: string) => /^[A-Za-z]\w*(-\w+)*\.ts$/.test(name);
  return entries
    .filter(isExperiment)
    .sort()
    .map((name) => `experiments/${name}`);
}
