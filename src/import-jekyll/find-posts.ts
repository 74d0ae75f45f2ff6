/** Finds the posts of an old blog. */
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Refusal } from './report.ts';

const postFile = /\.(?:md|markdown|mkdn?|mkdown)$/i;
const datedFile = /^\d{4}-\d{1,2}-\d{1,2}-.+\.\w+$/;

/** Folders of a blog in which Jekyll looks for no page. */
const notRead = /^(?:[.#~].*|_(?:site|includes|layouts|sass|data|plugins)|node_modules|vendor)$/;

/** The posts of a blog, which lie in the folders `_posts` and `_drafts` of any of its folders; adds its other pages to `pages`. */
async function postsOfBlog(folder: string, pages: string[]): Promise<string[]> {
  const found = (await readdir(folder, { withFileTypes: true })).map((entry) => {
    const inner = join(folder, entry.name);
    if (/^_(?:posts|drafts)$/.test(entry.name)) return postsBelow(inner, pages);
    if (entry.isDirectory()) return notRead.test(entry.name) ? [] : postsOfBlog(inner, pages);
    if (postFile.test(entry.name) && readFileSync(inner, 'latin1').startsWith('---')) pages.push(inner);
    return [];
  });
  return (await Promise.all(found)).flat();
}

/** All posts at or below a path, sorted by name; adds other pages of a blog to `pages`. */
async function postsBelow(path: string, pages: string[]): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === '_config.yml')) {
    const others: string[] = [];
    const posts = await postsOfBlog(path, others);
    if (posts.length > 0) {
      pages.push(...others);
      return posts.sort();
    }
  }
  const found = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.'))
      .map((entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return postsBelow(inner, pages);
        return postFile.test(entry.name) || datedFile.test(entry.name) ? [inner] : [];
      }),
  );
  return found.flat().sort();
}

/** A path as messages show it. */
export const displayPath = (root: string, path: string): string =>
  relative(root, path).startsWith('..') ? path : relative(root, path);

/** Whether a file can hold a post: Markdown or HTML. */
export const isPost = (path: string): boolean => postFile.test(path) || /\.html?$/i.test(path);

/**
 * The posts at or below the paths `from`, with the paths that messages show; adds a refusal for each path that has none, and
 * to `pages` the pages of their blogs that are no posts.
 */
export async function findPosts(
  root: string,
  from: readonly string[],
  refused: Refusal[],
  pages: string[],
): Promise<[path: string, displayPath: string][]> {
  const paths: string[] = [];
  for (const path of from) {
    try {
      const found = await postsBelow(path, pages);
      if (found.length === 0)
        refused.push({ where: path, why: 'expected posts such as 2017-05-16-name.md, found none' });
      paths.push(...found);
    } catch {
      refused.push({ where: path, why: 'expected a file or a folder of posts, found nothing' });
    }
  }
  return [...new Set(paths)].map((path) => [path, displayPath(root, path)]);
}
