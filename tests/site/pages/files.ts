/** Reads a built site: its files, and its pages as HTML trees. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';

export type Page = { path: string; html: string; tree: Root };

/** All files below `dist` that match `pattern`, relative to it. */
export function files(dist: string, pattern: string): string[] {
  return globSync(pattern, { cwd: dist, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
    .sort();
}

/** Every HTML page; `path` is its address below the base, `posts/x/` or `404.html`. */
export function pages(dist: string): Page[] {
  return files(dist, '**/*.html').map((file) => {
    const html = readFileSync(join(dist, file), 'utf8');
    return { path: file.replace(/(^|\/)index\.html$/, '$1'), html, tree: fromHtml(html) };
  });
}

/** The elements of a page with one of these tag names; all elements if none is given. */
export function elements(tree: Root, ...tags: string[]): Element[] {
  const found: Element[] = [];
  visit(tree, 'element', (element) => {
    if (tags.length === 0 || tags.includes(element.tagName)) found.push(element);
  });
  return found;
}
