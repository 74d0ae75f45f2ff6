/** Addresses within the site that posts write: `/claims/` means the page of this site, under whatever base path. */
import type { Root } from 'hast';
import type { MdxJsxAttribute, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';

/** Attributes that hold an address; `srcset` holds several, with commas between. */
const addressed = /^(?:href|src|srcset|poster|data)$/i;
const within = /(?<=^|,\s*)\/(?!\/)\S*/g;

/** The attributes of an element, with addresses within the site as `href` gives them. */
export function withAddresses(
  attributes: Readonly<Record<string, unknown>>,
  href: (path: `/${string}`) => string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (!addressed.test(name) || typeof value !== 'string') return [name, value];
      if (/^srcset$/i.test(name)) return [name, value.replace(within, (path) => href(path as `/${string}`))];
      return [name, /^\/(?!\/)/.test(value) ? href(value as `/${string}`) : value];
    }),
  );
}

const attribute = (name: string, value: string): MdxJsxAttribute => ({ type: 'mdxJsxAttribute', name, value });

/**
 * Rehype plugin, after all that reads the names of elements: what is written in HTML and has an address, and images of
 * `public/`, become the component `Addressed`, as Markdown's links do.
 */
export function rehypeAddresses() {
  return (tree: Root): void => {
    visit(tree, (node, index, parent) => {
      if (node.type === 'element' && node.tagName === 'img' && String(node.properties.src).startsWith('/')) {
        const attributes = Object.entries(node.properties).map(([name, value]) => attribute(name, String(value)));
        const image: MdxJsxTextElementHast = { type: 'mdxJsxTextElement', name: 'Addressed', attributes, children: [] };
        image.attributes.push(attribute('as', 'img'));
        parent!.children[index!] = image;
      }
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      if (!node.name || !/^[a-z]/.test(node.name)) return;
      if (!node.attributes.some((each) => each.type === 'mdxJsxAttribute' && addressed.test(each.name))) return;
      node.attributes.push(attribute('as', node.name));
      node.name = 'Addressed';
    });
  };
}
