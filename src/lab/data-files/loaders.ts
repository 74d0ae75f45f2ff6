/** Finds loaders, the programs that make data files: what `table.csv.py` writes to standard output is `table.csv`. */
import { globSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, posix, relative, resolve, sep } from 'node:path';
import { LabError } from '../errors.ts';
import { isWithin } from '../project.ts';

/** The program that runs a loader, by the ending of the loader's name. */
export const interpreters: Readonly<Record<string, string>> = {
  py: 'python3',
  ts: process.execPath,
  js: process.execPath,
  sh: 'sh',
  R: 'Rscript',
  r: 'Rscript',
};

const endings = Object.keys(interpreters);

/** A path as the record of loaders has it: from the project's folder, with slashes. */
export const projectPath = (root: string, path: string): string =>
  relative(root, resolve(root, path)).split(sep).join('/');

/** The loader of a data file, as a path from the project's folder. Throws LabError if there are two. */
export async function findLoader(root: string, file: string): Promise<string | undefined> {
  const folder = posix.dirname(file);
  // Not asked for one by one: where case is ignored, `.R` would be found as `.r` too.
  const names = new Set(await readdir(join(root, folder)).catch(() => []));
  const loaders: string[] = [];
  for (const ending of endings) {
    const loader = posix.join(folder, `${basename(file)}.${ending}`);
    if (!names.has(basename(loader))) continue;
    const found = await stat(join(root, loader)).catch(() => undefined);
    if (found?.isFile() === true) loaders.push(loader);
  }
  const [loader, other] = loaders;
  if (other !== undefined) throw new LabError(`${loader} and ${other} both make ${file}: keep one of them`);
  if (loader !== undefined && !isWithin(await realpath(root), await realpath(join(root, loader)))) {
    throw new LabError(`${loader} leads out of the project, so others would not have it`);
  }
  return loader;
}

/** The data file that a loader makes, from its name alone; undefined if the name is none of a loader. */
export const fileOfLoader = (loader: string): string | undefined =>
  new RegExp(`^(.+)\\.(?:${endings.join('|')})$`).exec(loader)?.[1];

/** Whether a path may be that of a data file in `experiments/` or `posts/`. */
export const hasDataName = (file: string): boolean =>
  /^(?:experiments|posts)\/.*\.(?:csv|json|idx)(?:\.gz)?$/.test(file);

/** The data files in `experiments/` and `posts/` that have a loader, there or not yet, sorted. */
export function filesWithLoader(root: string): string[] {
  const pattern = `{experiments,posts}/**/*.{${endings.join()}}`;
  // `x.d.csv.ts` holds the types of `x.csv`.
  const loaders = globSync(pattern, { cwd: root, exclude: ['**/node_modules/**', '**/*.d.*.ts'] });
  const files = loaders.map((loader) => fileOfLoader(loader.split(sep).join('/'))!);
  return [...new Set(files.filter(hasDataName))].sort();
}

/** How a loader of `file` would be called. */
export const loaderNames = (file: string): string => `${file}.py, .ts, .js, .sh or .R`;
