/** Addresses within the site that posts write: `/claims/` means the page of this site, under whatever base path. */
import { relative, sep } from 'node:path';
import type { Root } from 'hast';
import type { Root as MarkdownRoot } from 'mdast';
import type { MdxJsxAttribute, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { targetOf } from './targets.ts';

/** Attributes that hold an address; `srcset` holds several, with commas between. */
const addressed = /^(?:href|xlink:?href|src|srcset|poster|data)$/i;

/** An expression that is just a text. */
const literal = /^\s*(['"])(.*)\1\s*$/;

/** How the build writes addresses: of pages under its base path, and of files that it publishes for a post. */
export type Writer = {
  readonly href: (path: `/${string}`) => string;
  /** The path of a published copy of a file, which is named from the folder of the build on. */
  readonly publish: (file: string) => `/${string}`;
};

/** Marks a file beside a post, of which only the rendering of a page makes a published one: `file:posts/data.csv#row=2`. */
const beside = 'file:';

function written(address: string, { href, publish }: Writer): string {
  if (/^\/(?!\/)/.test(address)) return href(address as `/${string}`);
  if (!address.startsWith(beside)) return address;
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address.slice(beside.length)) ?? [];
  return href(encodeURI(publish(decodeURIComponent(file))) as `/${string}`) + rest;
}

/** Each address of a `srcset` as `change` gives it; commas are between, and may be within. */
const inSrcset = (srcset: string, change: (address: string) => string): string =>
  srcset.replace(
    /(^|,\s*)([^\s,]\S*?)(?=,?(?:\s|$))/g,
    (_, before: string, address: string) => before + change(address),
  );

/** The attributes of an element, with the addresses that the build writes. */
export function withAddresses(attributes: Readonly<Record<string, unknown>>, writer: Writer): Record<string, unknown> {
  const change = (address: string) => written(address, writer);
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (!addressed.test(name) || typeof value !== 'string') return [name, value];
      return [name, /^srcset$/i.test(name) ? inSrcset(value, change) : change(value)];
    }),
  );
}

/** An address of a post as `withAddresses` reads it: pages of posts by their path, files beside the post marked. */
function resolved(address: string, file: VFile): string {
  const target = targetOf(address, { file: file.path, root: file.cwd }, 'loads');
  if (target.kind === 'post' || target.kind === 'site') return encodeURI(target.path) + target.rest;
  if (target.kind !== 'file') return address;
  const path = relative(file.cwd, target.file).split(sep).map(encodeURIComponent).join('/');
  return beside + path + target.rest;
}

const attribute = (name: string, value: string): MdxJsxAttribute => ({ type: 'mdxJsxAttribute', name, value });

/**
 * Remark plugin: a bare `http://localhost:PORT/` in a text, of which GFM makes a link to an address that is none, is the
 * text that its author wrote.
 */
export function remarkBareAddresses() {
  return (tree: MarkdownRoot, file: VFile): void => {
    visit(tree, 'link', (link, index, parent) => {
      const from = link.position?.start.offset;
      const isBare = from !== undefined && !/[[<]/.test(String(file.value)[from] ?? '[');
      if (!isBare || !parent || /^mailto:/.test(link.url) || URL.canParse(link.url)) return;
      parent.children.splice(index!, 1, ...link.children);
    });
  };
}

/**
 * Rehype plugin, after all that reads the names of elements: what is written in HTML and has an address, and images of
 * `public/`, become the component `Addressed`, as Markdown's links do.
 */
export function rehypeAddresses() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (node.type === 'element' && node.tagName === 'a' && typeof node.properties.href === 'string')
        node.properties.href = resolved(node.properties.href, file);
      if (node.type === 'element' && node.tagName === 'img' && String(node.properties.src).startsWith('/')) {
        const attributes = Object.entries(node.properties).map(([name, value]) => attribute(name, String(value)));
        const image: MdxJsxTextElementHast = { type: 'mdxJsxTextElement', name: 'Addressed', attributes, children: [] };
        image.attributes.push(attribute('as', 'img'));
        parent!.children[index!] = image;
      }
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      if (!node.name || !/^[a-z]/.test(node.name)) return;
      if (!node.attributes.some((each) => each.type === 'mdxJsxAttribute' && addressed.test(each.name))) return;
      for (const each of node.attributes) {
        if (each.type !== 'mdxJsxAttribute' || !addressed.test(each.name)) continue;
        const text = typeof each.value === 'string' ? each.value : literal.exec(each.value?.value ?? '')?.[2];
        if (text === undefined) continue;
        each.value = /^srcset$/i.test(each.name)
          ? inSrcset(text, (address) => resolved(address, file))
          : resolved(text, file);
      }
      node.attributes.push(attribute('as', node.name));
      node.name = 'Addressed';
    });
  };
}
