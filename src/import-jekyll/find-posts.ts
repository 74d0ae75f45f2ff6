/** Finds the posts of an old blog. */
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Refusal } from './report.ts';

const postFile = /\.(?:md|markdown|mkdn?|mkdown)$/i;
const datedFile = /^\d{4}-\d{1,2}-\d{1,2}-.+\.\w+$/;

/** All posts at or below a path, sorted by name. */
async function postsBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  // The folder of a blog: of all that lies in it, `_posts` and `_drafts` hold its posts.
  const isBlog = entries.some(({ name }) => name === '_config.yml') && entries.some(({ name }) => name === '_posts');
  const found = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.') && (!isBlog || /^_(?:posts|drafts)$/.test(entry.name)))
      .map((entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return postsBelow(inner);
        return postFile.test(entry.name) || datedFile.test(entry.name) ? [inner] : [];
      }),
  );
  return found.flat().sort();
}

/** Whether a file can hold a post: Markdown or HTML. */
export const isPost = (path: string): boolean => postFile.test(path) || /\.html?$/i.test(path);

/** The posts at or below the paths `from`, with the paths that messages show; adds a refusal for each that has none. */
export async function findPosts(
  root: string,
  from: readonly string[],
  refused: Refusal[],
): Promise<[path: string, displayPath: string][]> {
  const paths: string[] = [];
  for (const path of from) {
    try {
      const found = await postsBelow(path);
      if (found.length === 0)
        refused.push({ where: path, why: 'expected posts such as 2017-05-16-name.md, found none' });
      paths.push(...found);
    } catch {
      refused.push({ where: path, why: 'expected a file or a folder of posts, found nothing' });
    }
  }
  return [...new Set(paths)].map((path) => [path, relative(root, path).startsWith('..') ? path : relative(root, path)]);
}
