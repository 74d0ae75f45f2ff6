/** The files of posts below `posts/`, and the addresses that their paths give. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The endings of posts' files, the first of which is that of new ones. */
export const postEndings = ['.mdx', '.md'] as const;

/** The path of a post's file without its ending; unchanged if it has another. */
export const withoutEnding = (path: string): string => path.replace(/\.mdx?$/, '');

/** Whether a file's name is one of Markdown, which in `posts/` must be a post. */
const isMarkdown = /\.(?:md|mdx|markdown|mdown|mkd)$/i;

/**
 * The slug of a name: letters of any script in lower case, digits, and one hyphen for anything else between them.
 * `Upper` → `upper`, `a b` → `a-b`, `v1.2` → `v1-2`, `日本語` → `日本語`.
 */
export const slugOf = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/**
 * The id of a post, its path below `/posts/`, from the path of its file below `posts/`: `topic/X.mdx` → `topic/x`,
 * `x/index.mdx` → `x`. A name without a letter or digit gives an empty segment.
 */
export const postId = (path: string): string =>
  withoutEnding(path.replaceAll('\\', '/'))
    .split('/')
    .map(slugOf)
    .join('/')
    .replace(/\/index$/, '');

/** All Markdown files below `posts/`, sorted; paths are relative to `root`, with slashes. */
export function markdownFiles(root: string): string[] {
  const folder = join(root, 'posts');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isMarkdown.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Whether a file is a post by its ending. */
export const isPost = (file: string): boolean => postEndings.some((ending) => file.endsWith(ending));
