/** Paths in a project: the experiments, the cache, and the other files that the lab writes. */
import { readdir } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from './errors.ts';

/** Directory of the lab's own files, to be ignored by git. */
const labDirectory = '.measured';

export const cacheRoot = (root: string): string => join(root, labDirectory, 'cache');

/** The cached result of one task. */
export const cacheFile = (root: string, experiment: string, key: string): string =>
  join(cacheRoot(root), experiment, `${key}.json`);

export const fetchedRoot = (root: string): string => join(root, labDirectory, 'fetched');

/** Marks a cached result that came from elsewhere; holds the address. */
export const fetchedFile = (root: string, experiment: string, key: string): string =>
  join(fetchedRoot(root), experiment, key);

export const lastRoot = (root: string): string => join(root, labDirectory, 'last');

/** The inputs of an experiment's last complete run. */
export const lastRunFile = (root: string, experiment: string): string => join(lastRoot(root), `${experiment}.json`);

/** The result of that run. */
export const lastResultFile = (root: string, experiment: string): string =>
  join(lastRoot(root), `${experiment}.result.json`);

/** The claims that the last build of the site checked. */
export const claimsFile = (root: string): string => join(root, labDirectory, 'claims.json');

/** Measures and claims as last published; committed. */
export const baselineFile = (root: string): string => join(root, 'experiments', 'published.json');

/** What each data file that has a loader was made by; committed. */
export const loadersFile = 'experiments/loaders.json';

/** Whether `path` lies below `root`; a file there called `..data` does. */
export function isWithin(root: string, path: string): boolean {
  const below = relative(root, path);
  return !isAbsolute(below) && below.split(sep)[0] !== '..';
}

/** Throws LabError if the project's path contains # or ?: Vite cuts a path there, so that no site could be built. */
export function checkProjectPath(root: string): void {
  const [sign] = /[#?]/.exec(root) ?? [];
  if (sign === undefined) return;
  throw new LabError(
    `the project's path, ${root}, contains “${sign}”, with which Vite finds no files: rename the folder`,
  );
}

/** The name of the experiment in `file`. */
export const experimentName = (file: string): string => basename(file, '.ts');

/** The experiments' files, relative to `root`, sorted: `experiments/*.ts` without charts and `_…` names. */
export async function experimentFiles(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'experiments')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((name) => /^[A-Za-z]\w*(-\w+)*\.ts$/.test(name))
    .sort()
    .map((name) => `experiments/${name}`);
}

/** Compiler options for esbuild. The project's tsconfig is ignored, so that a bundle depends on the sources alone. */
export const tsconfigRaw = { compilerOptions: { target: 'esnext', useDefineForClassFields: true } };

/** The path of a module beside the one at `from`, named without its ending: TypeScript here, JavaScript in the package. */
export const ownFile = (name: string, from: string): string => fileURLToPath(new URL(`${name}${extname(from)}`, from));
