/** Files of temporary projects and built sites: written, and read back by path. Needs no Vitest. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project, without a slash at its end. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Files by path, as text or bytes; null removes a file. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** Writes files below `root`, with their folders. */
export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
}

/** Every file below a folder of `root`, by its path from `root` with slashes, sorted. Throws if there is no such folder. */
export function filesBelow(root: string, folder = ''): Map<string, Buffer> {
  const paths = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(paths.map((path) => [relative(root, path).replaceAll(sep, '/'), readFileSync(path)]));
}

/** The same as text; none if there is no such folder. */
export function textsBelow(root: string, folder = ''): Record<string, string> {
  const files = existsSync(join(root, folder)) ? filesBelow(root, folder) : [];
  return Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString()]));
}
