/** Builds a post's table of contents, and adds an anchor link to each heading. */
import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from '../i18n.ts';

/** The attributes of a `<Value>` that stands in a heading. */
type HeadingValue = Readonly<Record<string, string>>;

/**
 * A heading: its level (2 is a section), its id, and its content as pieces of HTML. One of `values`, filled in when the
 * page is rendered, stands between each two pieces.
 */
export type ContentsEntry = { depth: number; id: string; html: readonly string[]; values: readonly HeadingValue[] };

/** Placeholder of a value in a heading's HTML, where the HTML is split. Text and attributes cannot contain it. */
const valueComment = '<!--value-->';

/** The attributes of a JSX element that are text; one without a value is `true`. */
export function textAttributes({ attributes }: Pick<MdxJsxTextElementHast, 'attributes'>): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && (each.value === null || typeof each.value === 'string')
        ? [[each.name, each.value ?? 'true']]
        : [],
    ),
  );
}

/** A heading's content for use in a link: without links, footnotes and ids; images as their alt text. */
function linkContent(nodes: readonly ElementContent[], values: HeadingValue[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'mdxJsxTextElement') {
      const properties = textAttributes(node);
      if (node.name === 'Value') {
        values.push(properties);
        return [{ type: 'comment', value: 'value' }];
      }
      return linkContent(
        [{ type: 'element', tagName: node.name ?? 'span', properties, children: node.children }],
        values,
      );
    }
    if (node.type !== 'element') return [node];
    if ('dataFootnoteRef' in (node.children[0]?.type === 'element' ? node.children[0].properties : {})) return [];
    if (node.tagName === 'img') return [{ type: 'text', value: String(node.properties.alt ?? '') }];
    const children = linkContent(node.children, values);
    const { id, ...properties } = node.properties;
    return node.tagName === 'a' ? children : [{ ...node, properties, children }];
  });
}

/** The text that a screen reader says: without the hidden second copy of each KaTeX formula. */
function spokenText(nodes: readonly ElementContent[]): string {
  const isHidden = ({ properties }: Element) =>
    properties.ariaHidden === 'true' || properties['aria-hidden'] === 'true';
  const textOf = (node: ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return '';
    return isHidden(node) ? '' : node.children.map(textOf).join('');
  };
  return nodes.map(textOf).join('').replace(/\s+/g, ' ').trim();
}

/** Rehype plugin: adds `contents` to the front matter, and an anchor link to each heading from h2 to h4. */
export function rehypeContents() {
  return (tree: Root, file: VFile): void => {
    const contents: ContentsEntry[] = [];
    visit(tree, 'element', (heading) => {
      const depth = Number(/^h([2-4])$/.exec(heading.tagName)?.[1]);
      const { id } = heading.properties;
      if (!depth || typeof id !== 'string') return;
      const values: HeadingValue[] = [];
      const content = linkContent(heading.children, values);
      contents.push({ depth, id, html: toHtml(content).split(valueComment), values });
      const label = words.text.linkToSection(spokenText(content));
      const properties = { className: ['anchor'], href: `#${id}`, ariaLabel: label };
      heading.children.push({ type: 'element', tagName: 'a', properties, children: [] });
    });
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) frontmatter.contents = contents;
  };
}
