/** Rewrites site-internal addresses in posts: adds the base path, and resolves files beside the post. */
import { relative, sep } from 'node:path';
import type { Element, Root } from 'hast';
import type { Root as MarkdownRoot } from 'mdast';
import type { MdxJsxAttribute, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isJsxElement } from '../../math/jsx.ts';
import { jsxAttributes } from '../markdown/html-elements.ts';
import { isPlain } from '../markdown/plain-markdown.ts';
import { targetOf } from './link-targets.ts';
import { decodeAddress } from './safe-url.ts';

/** Attributes that hold an address; `srcset` holds several, separated by commas. */
const addressAttribute = /^(?:href|xlink:?href|src|srcset|poster|data)$/i;

/** The text of an attribute, also of one that is a string literal in braces; undefined for any other expression. */
export const attributeText = ({ value }: MdxJsxAttribute): string | undefined =>
  typeof value === 'string' ? value : /^\s*(['"])(.*)\1\s*$/.exec(value?.value ?? '')?.[2];

/** Functions that make addresses: of pages under the base path, and of files published for a post. */
export type AddressWriter = {
  readonly href: (path: `/${string}`) => string;
  /** Publishes a file, a path relative to the build's folder, and returns its path on the site. */
  readonly publish: (file: string) => `/${string}`;
};

/** Prefix of files beside a post, which are published only when the page is rendered: `file:posts/data.csv#row=2`. */
const filePrefix = 'file:';

function publishedAddress(address: string, { href, publish }: AddressWriter): string {
  if (/^\/(?!\/)/.test(address)) return href(address as `/${string}`);
  if (!address.startsWith(filePrefix)) return address;
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address.slice(filePrefix.length)) ?? [];
  return href(encodeURI(publish(decodeURIComponent(file))) as `/${string}`) + rest;
}

/** A `srcset` with each address replaced by `change`; addresses may contain commas. */
const mapSrcset = (srcset: string, change: (address: string) => string): string =>
  srcset.replace(
    /(^|,\s*)([^\s,]\S*?)(?=,?(?:\s|$))/g,
    (_, before: string, address: string) => before + change(address),
  );

/** The attributes of an element with addresses as published. */
export function withSiteLinks(
  attributes: Readonly<Record<string, unknown>>,
  writer: AddressWriter,
): Record<string, unknown> {
  const change = (address: string) => publishedAddress(address, writer);
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (!addressAttribute.test(name) || typeof value !== 'string') return [name, value];
      return [name, /^srcset$/i.test(name) ? mapSrcset(value, change) : change(value)];
    }),
  );
}

/** An address in the form that `withSiteLinks` reads: the path of a page, or `file:` and a file beside the post. */
function resolveAddress(address: string, file: VFile): string {
  const target = targetOf(address, { file: file.path, root: file.cwd }, 'loads');
  if (target.kind === 'post' || target.kind === 'site') return encodeURI(target.path) + target.rest;
  if (target.kind !== 'file') return address;
  const path = relative(file.cwd, target.file).split(sep).map(encodeURIComponent).join('/');
  return filePrefix + path + target.rest;
}

const attribute = (name: string, value: string): MdxJsxAttribute => ({ type: 'mdxJsxAttribute', name, value });

/**
 * Remark plugin: GFM makes links of bare addresses that are not valid URLs, such as `http://localhost:PORT/`; turns them
 * back into text.
 */
export function remarkBareUrls() {
  return (tree: MarkdownRoot, file: VFile): void => {
    visit(tree, 'link', (link, index, parent) => {
      const from = link.position?.start.offset;
      const isBare = from !== undefined && !/[[<]/.test(String(file.value)[from] ?? '[');
      // Links that other plugins made, such as those to equations, are no addresses of GFM's.
      if (!isBare || !parent || !/^https?:/.test(link.url) || URL.canParse(link.url)) return;
      parent.children.splice(index!, 1, ...link.children);
    });
  };
}

/** Whether an element of HTML in plain Markdown has an address of the site's; links and the images of Markdown are others'. */
const isSiteElement = ({ tagName, properties }: Element, file: VFile): boolean =>
  tagName !== 'a' &&
  Object.keys(properties).some((name) => addressAttribute.test(name)) &&
  !(tagName === 'img' && file.data.astro?.localImagePaths?.includes(decodeAddress(String(properties.src))));

/**
 * Rehype plugin, after those that read element names: HTML elements with an address, and images of `public/`, become the
 * component `SiteLink`, as Markdown links do.
 */
export function rehypeSiteLinks() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (node.type === 'element' && node.tagName === 'a' && typeof node.properties.href === 'string')
        node.properties.href = resolveAddress(node.properties.href, file);
      if (node.type === 'element' && node.tagName === 'img' && String(node.properties.src).startsWith('/')) {
        const attributes = Object.entries(node.properties).map(([name, value]) => attribute(name, String(value)));
        const image: MdxJsxTextElementHast = { type: 'mdxJsxTextElement', name: 'SiteLink', attributes, children: [] };
        image.attributes.push(attribute('as', 'img'));
        parent!.children[index!] = image;
      }
      if (node.type === 'element' && isPlain(file) && isSiteElement(node, file)) {
        const name = node.tagName;
        node = { type: 'mdxJsxFlowElement', name, attributes: jsxAttributes(node), children: node.children };
        parent!.children[index!] = node;
      }
      if (!isJsxElement(node)) return;
      if (!node.name || !/^[a-z]/.test(node.name)) return;
      if (!node.attributes.some((each) => each.type === 'mdxJsxAttribute' && addressAttribute.test(each.name))) return;
      for (const each of node.attributes) {
        if (each.type !== 'mdxJsxAttribute' || !addressAttribute.test(each.name)) continue;
        const text = attributeText(each);
        if (text === undefined) continue;
        each.value = /^srcset$/i.test(each.name)
          ? mapSrcset(text, (address) => resolveAddress(address, file))
          : resolveAddress(text, file);
      }
      node.attributes.push(attribute('as', node.name));
      node.name = 'SiteLink';
    });
  };
}
