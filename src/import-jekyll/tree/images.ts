/** Points the posts at the copies of their images; an image that cannot be shown leaves a trace, and its caption. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { imageMetadata } from 'astro/assets/utils';
import type { Image, Nodes, PhrasingContent, Root } from 'mdast';
import type {} from 'mdast-util-mdx'; // types of MDX in the tree
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { optimize } from 'svgo';
import { visit } from 'unist-util-visit';
import { decoded, pathInRepository, pathWithin } from '../blog/addresses.ts';
import { isFileInside, type OldBlog } from '../blog/old-blog.ts';
import type { AddNote } from '../import-notes.ts';

/** An image file of the old blog. */
export type ImageLookup =
  | { readonly kind: 'file'; readonly from: string }
  | { readonly kind: 'remote' }
  | { readonly kind: 'missing'; readonly why: string };

/** Looks up the image that a post names. */
export type FindImage = (url: string) => Promise<ImageLookup>;

const folders = ['', 'images', 'img', 'assets', 'assets/images', 'assets/img', 'static', 'public'];
const formats = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.svg', '.tiff']);

/** Whether the XML of a drawing can be read: the build stops where it cannot. */
export function isReadableSvg(bytes: Buffer): boolean {
  try {
    optimize(bytes.toString(), { plugins: [] });
    return true;
  } catch {
    return false;
  }
}

/** Files that were looked at, and whether they can be read: the build stops at an image without a size, too. */
const whole = new Map<string, Promise<boolean>>();

function isWhole(file: string): Promise<boolean> {
  const known = whole.get(file);
  if (known) return known;
  const read = (async () => {
    const bytes = readFileSync(file);
    const start = bytes.subarray(0, 4096).toString('latin1');
    const isSvg = extname(file).toLowerCase() === '.svg';
    if (isSvg && !(/<svg|<\?xml|<!DOCTYPE|<!--/i.test(start) && isReadableSvg(bytes))) return false;
    return imageMetadata(bytes, file).then(
      ({ width, height }) => width > 0 && height > 0,
      () => false,
    );
  })();
  whole.set(file, read);
  return read;
}

/** Looks up an image of `blog` by its address in a post, whose page was at `page`; `folder` is that of the post's images. */
export async function findImage(
  url: string,
  { blog, path: postFile }: { readonly blog: OldBlog; readonly path: string },
  page: string,
  folder: string,
): Promise<ImageLookup> {
  const path = pathInRepository(url, blog) ?? pathWithin(url, blog, page);
  if (path === undefined) return { kind: 'remote' };
  const wanted = decoded(path.replace(/[?#].*$/, ''));
  const missing: ImageLookup = {
    kind: 'missing',
    why: `in the old blog and its folders ${folders.slice(1).join(', ')}`,
  };
  if (wanted.includes('\0') || !formats.has(extname(wanted).toLowerCase())) return missing;
  const written = decoded(url.replace(/[?#].*$/, ''));
  // `../../../assets/x.png` leads nowhere from the file, but to `/assets/x.png` from the page; an include may mean it from the root.
  const below = written.replace(/^(?:\.{1,2}\/)+/, '');
  const isAbsolute = /^[a-z]+:|^\//i.test(written);
  const candidates = [
    ...(isAbsolute || !folder ? [] : [join(blog.root, folder, written)]),
    ...(isAbsolute ? [] : [join(dirname(postFile), written)]),
    ...folders.map((folder) => join(blog.root, folder, wanted)),
    ...folders.map((folder) => join(blog.root, folder, below)),
  ];
  const from = candidates.find((candidate) => existsSync(candidate) && isFileInside(candidate, blog.root));
  if (!from) return missing;
  return (await isWhole(from))
    ? { kind: 'file', from }
    : { kind: 'missing', why: `that can be read: ${from} is damaged` };
}

/** Replaces `![alt][name]` by `![alt](url)`, from its definition. */
export function resolveReferences(tree: Root): void {
  const definitions = new Map<string, { url: string; title?: string | null | undefined }>();
  visit(tree, 'definition', (node) => void definitions.set(node.identifier, node));
  if (definitions.size === 0) return;
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

type JsxImage = MdxJsxTextElement | MdxJsxFlowElement;

const attributeOf = (node: JsxImage, name: string): string => {
  const found = node.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  return typeof found?.value === 'string' ? found.value : '';
};

/** All images of a tree, in Markdown and in JSX. */
function imagesIn(tree: Nodes): (Image | JsxImage)[] {
  const found: (Image | JsxImage)[] = [];
  visit(tree, (node) => {
    const isJsx = node.type === 'mdxJsxTextElement' || node.type === 'mdxJsxFlowElement';
    if (node.type === 'image' || (isJsx && node.name === 'img')) found.push(node);
  });
  return found;
}

const urlOf = (image: Image | JsxImage): string => (image.type === 'image' ? image.url : attributeOf(image, 'src'));

function setUrl(image: Image | JsxImage, url: string): void {
  if (image.type === 'image') image.url = url;
  else
    for (const each of image.attributes) if (each.type === 'mdxJsxAttribute' && each.name === 'src') each.value = url;
}

/**
 * Points each image at its copy, whose address `copyOf` gives; a missing image becomes a comment, one on a host whose images the
 * blog does not show a link; captions stay.
 */
export async function resolveImages(
  tree: Root,
  { find, copyOf, shows }: { find: FindImage; copyOf: (file: string) => string; shows: (url: string) => boolean },
  note: AddNote,
  lineOf: (node: Nodes) => number,
): Promise<void> {
  const images = imagesIn(tree);
  // Headings and table cells cannot contain a comment.
  const withoutComment = new Set<Nodes>();
  visit(tree, ['heading', 'tableCell'], (line) => {
    for (const image of imagesIn(line as Nodes)) withoutComment.add(image);
  });
  const results = new Map<string, ImageLookup>();
  for (const url of new Set(images.map(urlOf))) results.set(url, await find(url));
  const replaced = new Map<Nodes, PhrasingContent[]>();
  for (const image of images) {
    const url = urlOf(image);
    const found = results.get(url)!;
    if (found.kind === 'file') setUrl(image, copyOf(found.from));
    else if (found.kind === 'missing' || !shows(url))
      replaced.set(
        image,
        trace(image, url, found, withoutComment.has(image), (message) => note(lineOf(image), 'image', message)),
      );
  }
  visit(tree, (node) => {
    if (!('children' in node)) return;
    const children = node.children as PhrasingContent[];
    if (children.some((child) => replaced.has(child)))
      node.children = children.flatMap((child) => replaced.get(child) ?? [child]) as typeof node.children;
    // A link cannot hold the link that stands for an image, nor one that GFM finds in its text.
    if (node.type === 'link')
      node.children = node.children.flatMap((child) => (child.type === 'link' ? child.children : [child]));
  });
}

/** What stands in the place of an image that cannot be shown, with its caption. */
function trace(
  image: Image | JsxImage,
  url: string,
  found: Exclude<ImageLookup, { kind: 'file' }>,
  isLine: boolean,
  note: (message: string) => void,
): PhrasingContent[] {
  const alt = ((image.type === 'image' ? image.alt : attributeOf(image, 'alt')) ?? '').replace(/\s+/g, ' ').trim();
  const title = image.type === 'image' ? (image.title ?? '') : attributeOf(image, 'title');
  const caption: PhrasingContent[] =
    title && title !== alt
      ? [
          { type: 'text', value: ' ' },
          { type: 'emphasis', children: [{ type: 'text', value: title }] },
        ]
      : [];
  if (/^data:/i.test(url)) {
    note(
      `an image written into the post as data is left out (${url.slice(0, 30)}…); put it into a file in posts/images`,
    );
    return [...(alt ? [{ type: 'text' as const, value: alt }] : []), ...caption];
  }
  if (found.kind === 'remote') {
    note(
      `the image ${url} lies on another host, which a page of Measured asks only if the option images names it; a link stands in its place`,
    );
    return [{ type: 'link', url, children: [{ type: 'text', value: alt || url }] }, ...caption];
  }
  note(`no image ${url} ${found.why}; a comment stands in its place (put the file into posts/images)`);
  if (isLine) return [{ type: 'text', value: alt || title }];
  const name = basename(decoded(url.replace(/[?#].*$/, ''))).replace(/[^\w./-]+/g, '-');
  const comment = `/* missing: ![${alt}](./images/${name}) */`.replace(/\*\/(?=.)/g, '* /');
  return [{ type: 'mdxTextExpression', value: comment }, ...caption];
}
