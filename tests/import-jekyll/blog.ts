/** Test fixture: an empty temporary blog to import posts into. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPosts } from '../../src/import-jekyll/import.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

export const fixtures = new URL('../fixtures/jekyll', import.meta.url).pathname;

export type Blog = {
  readonly root: string;
  read(path: string): string;
  /** Imports; the exit code and what was printed, paths of fixtures from their folder. */
  import(from: readonly string[], force?: boolean): Promise<{ code: number; lines: string[] }>;
};

/** Creates an empty blog in a temporary folder, which is deleted after the test. */
export function emptyBlog(): Blog {
  const root = temporaryFolder();
  return {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    async import(from, force = false) {
      const lines: string[] = [];
      const print = (line: string) => void lines.push(line.replaceAll(`${fixtures}/`, ''));
      const code = await importPosts({ root, from, force, print });
      return { code, lines };
    },
  };
}
