/** Adapts heading levels, links, captions and citation-like text of a converted post to this site's rules. */
import type { Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { AddNote } from './import-notes.ts';

/** Shifts headings so that the highest is of level 2, since the page's title is its only level 1. */
export function levelHeadings(tree: Root): void {
  let top = 6;
  visit(tree, 'heading', ({ depth }) => {
    top = Math.min(top, depth);
  });
  visit(tree, 'heading', (heading) => {
    heading.depth = Math.min(6, heading.depth + 2 - top) as typeof heading.depth;
  });
}

/** The old blog's address, and the new addresses of its posts. */
export type OldSite = {
  /** `https://old.example`, and as `baseurl` the path below it; without a trailing slash, empty if unknown. */
  readonly url: string;
  readonly baseurl: string;
  readonly postAddress: (name: string) => string;
  /** Slugs of all posts of this import. */
  readonly slugs: ReadonlySet<string>;
};

/** The path from the old site's root; undefined for a URL of another site. */
export function withinSite(url: string, site: OldSite): string | undefined {
  let path = url;
  if (site.url && path.startsWith(site.url)) path = path.slice(site.url.length);
  else if (!path.startsWith('/') || path.startsWith('//')) return undefined;
  if (site.baseurl && path.startsWith(`${site.baseurl}/`)) path = path.slice(site.baseurl.length);
  return path.startsWith('/') ? path : `/${path}`;
}

function newAddress(url: string, site: OldSite): string {
  const path = withinSite(url, site);
  if (path === undefined) return url;
  const dated = /\/\d{4}\/\d{2}\/\d{2}\/([^/#?]+?)(?:\.html)?\/?(#.*)?$/.exec(path);
  const slug = dated?.[1];
  return slug && site.slugs.has(slug) ? `/posts/${slug}/${dated[2] ?? ''}` : path;
}

/** Rewrites links to imported posts, replaces links that run a script by their text, and gives empty links their URL as text. */
export function resolveLinks(tree: Root, site: OldSite, note: AddNote, lineOf: (node: Nodes) => number): void {
  visit(tree, (node, index, parent) => {
    if (node.type !== 'link' && node.type !== 'definition') return undefined;
    if (/^\s*(?:javascript|vbscript|data):/i.test(node.url)) {
      note(lineOf(node), `a link to ${node.url.slice(0, 40)} is left out; its text stays`);
      if (node.type === 'definition' || !parent || index === undefined) {
        node.url = '#';
        return undefined;
      }
      parent.children.splice(index, 1, ...node.children);
      return [SKIP, index];
    }
    node.url = newAddress(node.url, site);
    if (node.type === 'link' && node.children.length === 0) node.children.push({ type: 'text', value: node.url });
    return undefined;
  });
}

/**
 * Removes the caption of a second figure of the same file name. The site makes a figure of an image with a title that is
 * alone in its paragraph, and its id of the file name.
 */
export function resolveCaptions(tree: Root, note: AddNote, lineOf: (node: Nodes) => number): void {
  const seen = new Set<string>();
  visit(tree, 'paragraph', ({ children: [image, ...others] }) => {
    if (image?.type !== 'image' || !image.title || others.length > 0) return;
    const name = image.url.replace(/^.*\/|\.\w+$/g, '');
    if (seen.has(name)) {
      note(lineOf(image), `a second figure of ${image.url} keeps no caption: ${image.title}`);
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
