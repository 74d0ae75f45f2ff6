/** Adapts heading levels, links, captions and citation-like text of a converted post to this site's rules. */
import type { Heading, Nodes, PhrasingContent, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { AddNote } from '../import-notes.ts';

/** Shifts headings so that the highest is of level 2, since the page's title is its only level 1. */
export function levelHeadings(tree: Root): void {
  const headings: Heading[] = [];
  visit(tree, 'heading', (heading) => void headings.push(heading));
  const top = headings.reduce((least, { depth }) => Math.min(least, depth), 6);
  for (const heading of headings) heading.depth = Math.min(6, heading.depth + 2 - top) as Heading['depth'];
}

/** Where a link leads in the new blog: to an address, perhaps with a note; `dead` if there is none, so that its text stays alone, `isEmpty` if it had none either. */
export type NewTarget =
  | { readonly url: string; readonly note?: string }
  | { readonly dead: string; readonly isEmpty?: boolean };

/** Looks up where a link leads. */
export type FindTarget = (url: string) => NewTarget;

/** Rewrites all links, replaces those that lead nowhere by their text, and gives empty links their URL as text. */
export function resolveLinks(tree: Root, find: FindTarget, note: AddNote, lineOf: (node: Nodes) => number): void {
  const dead = new Set<string>();
  visit(tree, (node, index, parent) => {
    if (node.type !== 'link' && node.type !== 'definition') return undefined;
    const found: NewTarget = /^\s*(?:javascript|vbscript|data|file):/i.test(node.url)
      ? { dead: 'it runs a script or shows a file of one machine' }
      : find(node.url);
    if ('url' in found) {
      if (found.note) note(lineOf(node), 'link', `${node.url}: ${found.note}`);
      node.url = found.url;
      if (node.type === 'link' && node.children.length === 0) node.children.push({ type: 'text', value: node.url });
      return undefined;
    }
    note(
      lineOf(node),
      'isEmpty' in found && found.isEmpty ? 'look' : 'link',
      `the link${node.url ? ` to ${node.url.slice(0, 200)}` : ''} is left out, its text stays: ${found.dead}`,
    );
    if (node.type === 'definition') {
      dead.add(node.identifier);
      parent?.children.splice(index ?? 0, 1);
      return [SKIP, index ?? 0];
    }
    const text: PhrasingContent[] = node.children.length > 0 ? node.children : [{ type: 'text', value: node.url }];
    parent!.children.splice(index!, 1, ...(text as never[]));
    return [SKIP, index!];
  });
  if (dead.size === 0) return;
  visit(tree, 'linkReference', (node, index, parent) => {
    if (!dead.has(node.identifier) || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1, ...node.children);
    return [SKIP, index];
  });
}

/**
 * Makes a text of the caption of a second figure of the same file name. The site makes a figure of an image with a title
 * that is alone in its paragraph, and its id of the file name.
 */
export function resolveCaptions(tree: Root): void {
  const seen = new Set<string>();
  visit(tree, 'paragraph', (paragraph) => {
    const [image, ...others] = paragraph.children;
    if (image?.type !== 'image' || !image.title || others.length > 0) return;
    const name = image.url.replace(/^.*\/|\.\w+$/g, '').toLowerCase();
    if (seen.has(name)) {
      const caption = { type: 'emphasis', children: [{ type: 'text', value: image.title }] } as const;
      paragraph.children.push({ type: 'break' }, caption as unknown as PhrasingContent);
      image.title = null;
    }
    seen.add(name);
  });
}

/** Puts a word joiner (U+2060) after the @ of `[see @name]`, which the site would read as a citation. */
export function resolveCitations(tree: Root): void {
  visit(tree, 'text', (text) => {
    text.value = text.value.replace(/@(?=[\p{L}\d_])/gu, (at, index: number) =>
      text.value.lastIndexOf('[', index) > text.value.lastIndexOf(']', index) ? `${at}\u2060` : at,
    );
  });
}
