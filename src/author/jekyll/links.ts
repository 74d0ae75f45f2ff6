/** Headings, links and captions as the site wants them. */
import type { Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { Notes } from './notes.ts';

/** The page's title is its only first heading: the body's start at the second level, with the same steps below. */
export function levelHeadings(tree: Root): void {
  let top = 6;
  visit(tree, 'heading', ({ depth }) => {
    top = Math.min(top, depth);
  });
  visit(tree, 'heading', (heading) => {
    heading.depth = Math.min(6, heading.depth + 2 - top) as typeof heading.depth;
  });
}

/** An old blog's own address, and where its posts are now. */
export type OldSite = {
  /** `https://old.example` and the path below it, without a last slash; empty if unknown. */
  readonly url: string;
  readonly baseurl: string;
  readonly postAddress: (name: string) => string;
  /** Slugs of the posts that are imported together. */
  readonly slugs: ReadonlySet<string>;
};

/** An address within the old site from its root, or nothing if it leads elsewhere. */
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

/** Leads links to imported posts to their new addresses; a link that runs a script or has nothing to click on loses it. */
export function settleLinks(tree: Root, site: OldSite, note: Notes, lineOf: (node: Nodes) => number): void {
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

/** An image alone in its paragraph with a title is a figure, known by its file: a second of that name keeps no title. */
export function settleCaptions(tree: Root, note: Notes, lineOf: (node: Nodes) => number): void {
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

/** `[see @name]` cites an entry of the bibliography, which an old post cannot mean: an invisible joiner parts the two. */
export function settleCitations(tree: Root): void {
  visit(tree, 'text', (text) => {
    text.value = text.value.replace(/@(?=[\p{L}\d_])/gu, (at, index: number) =>
      text.value.lastIndexOf('[', index) > text.value.lastIndexOf(']', index) ? `${at}\u2060` : at,
    );
  });
}
