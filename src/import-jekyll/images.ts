/** Finds the images of an old blog on disk, and points the posts at the copies beside them. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { imageMetadata } from 'astro/assets/utils';
import type { Image, Nodes, Root } from 'mdast';
import type {} from 'mdast-util-mdx'; // types of MDX in the tree
import { visit } from 'unist-util-visit';
import type { AddNote } from './import-notes.ts';

/** An image file of the old blog, and the path of its copy relative to `posts/`: `./images/blog/curve.svg`. */
export type ImageCopy = { readonly from: string; readonly to: string };

/** The result of a look-up: a file to copy, an address on another host, or no image; `why` completes "no image <url> …". */
export type ImageLookup =
  | { readonly kind: 'copy'; readonly copy: ImageCopy }
  | { readonly kind: 'remote' }
  | { readonly kind: 'missing'; readonly why: string };

const folders = ['', 'images', 'img', 'assets', 'assets/images', 'assets/img', 'static', 'public'];
const formats = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.svg', '.tiff']);

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Is `path`, symbolic links resolved, inside `root`? A post may name any path; only files of the old blog are copied. */
const isInside = (path: string, root: string): boolean => realpathSync(path).startsWith(realpathSync(root) + sep);

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return url;
  }
}

/** Looks up an image by `path`, relative to the old site's root or to the post `postFile`. */
export async function findImage(path: string, oldRoot: string, postFile: string): Promise<ImageLookup> {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(path)) return { kind: 'remote' };
  const wanted = decoded(path);
  const missing: ImageLookup = { kind: 'missing', why: `in ${oldRoot} and its folders ${folders.slice(1).join(', ')}` };
  if (wanted.includes('\0') || !formats.has(extname(wanted).toLowerCase())) return missing;
  const candidates = [join(dirname(postFile), wanted), ...folders.map((folder) => join(oldRoot, folder, wanted))];
  const from = candidates.find((path) => isFile(path) && isInside(path, oldRoot));
  if (!from) return missing;
  // The build stops at an image whose size it cannot read.
  const isWhole = await imageMetadata(await readFile(from), from).catch(() => undefined);
  if (!isWhole) return { kind: 'missing', why: `that can be read: ${from} is damaged` };
  const kept = relative(realpathSync(oldRoot), realpathSync(from)).split(sep).join('/');
  const below = kept.replace(/^(?:images|img|assets\/images|assets\/img|assets)\//, '');
  return { kind: 'copy', copy: { from, to: `./images/${below.replace(/[^\w./-]+/g, '-')}` } };
}

/** Replaces `![alt][name]` by `![alt](url)`, from its definition. */
function resolveReferences(tree: Root): void {
  const definitions = new Map<string, { url: string; title?: string | null | undefined }>();
  visit(tree, 'definition', (node) => void definitions.set(node.identifier, node));
  visit(tree, 'imageReference', (node, index, parent) => {
    const definition = definitions.get(node.identifier);
    if (!parent || index === undefined || !definition) return;
    const { url, title = null } = definition;
    parent.children[index] = {
      type: 'image',
      url,
      title,
      alt: node.alt ?? '',
      ...(node.position && { position: node.position }),
    };
  });
}

/** Points each image at its copy; a missing image becomes a comment, an image on another host a link. Returns the copies to make. */
export async function resolveImages(
  tree: Root,
  find: (url: string) => Promise<ImageLookup>,
  note: AddNote,
  lineOf: (node: Nodes) => number,
): Promise<ImageCopy[]> {
  const copies: ImageCopy[] = [];
  resolveReferences(tree);
  // Headings and table cells cannot contain a comment.
  const withoutComment = new Set<Image>();
  visit(tree, ['heading', 'tableCell'], (line) => visit(line, 'image', (image) => void withoutComment.add(image)));
  const urls = new Set<string>();
  visit(tree, 'image', ({ url }) => void urls.add(url));
  const results = new Map(await Promise.all([...urls].map(async (url) => [url, await find(url)] as const)));
  visit(tree, 'image', (image, index, parent) => {
    if (!parent || index === undefined) return;
    const found = results.get(image.url)!;
    if (found.kind === 'copy') {
      copies.push(found.copy);
      image.url = found.copy.to;
      return;
    }
    const alt = image.alt ?? '';
    if (found.kind === 'remote') {
      note(
        lineOf(image),
        `the image ${image.url} lies on another host, which a page of Measured never asks; a link stands in its place`,
      );
      parent.children[index] = { type: 'link', url: image.url, children: [{ type: 'text', value: alt || image.url }] };
      return;
    }
    note(
      lineOf(image),
      `no image ${image.url} ${found.why}; a comment stands in its place (put the file into posts/images)`,
    );
    const name = basename(decoded(image.url)).replace(/[^\w./-]+/g, '-');
    const comment = `/* missing: ![${alt.replace(/\s+/g, ' ')}](./images/${name}) */`.replace(/\*\/(?=.)/g, '* /');
    parent.children[index] = withoutComment.has(image)
      ? { type: 'text', value: alt }
      : { type: 'mdxTextExpression', value: comment };
  });
  return copies;
}
