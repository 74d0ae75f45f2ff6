/** The contents list of a post, and the anchors that let a reader link to a section. */
import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from './words.ts';

/** The attributes of a `<Value>` that stands in a heading. */
type HeadingValue = Readonly<Record<string, string>>;

/**
 * One heading: its level (2 is a section), its id, and its words as pieces of HTML, formulas included. After each piece
 * but the last comes one of `values`, which only the page's rendering knows.
 */
export type ContentsEntry = { depth: number; id: string; html: readonly string[]; values: readonly HeadingValue[] };

/** Where a value stands in a heading's HTML, until it is cut there. Text and attributes cannot hold it. */
const gap = '<!--value-->';

/** The attributes of an element in JSX whose values are text. An attribute without a value is `true` to a component. */
export function textAttributes({ attributes }: Pick<MdxJsxTextElementHast, 'attributes'>): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && (each.value === null || typeof each.value === 'string')
        ? [[each.name, each.value ?? 'true']]
        : [],
    ),
  );
}

/** What a heading says, fit to stand in a link: without links, notes and ids of its own; images by their words. */
function repeated(nodes: readonly ElementContent[], values: HeadingValue[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'mdxJsxTextElement') {
      const properties = textAttributes(node);
      if (node.name === 'Value') {
        values.push(properties);
        return [{ type: 'comment', value: 'value' }];
      }
      return repeated([{ type: 'element', tagName: node.name ?? 'span', properties, children: node.children }], values);
    }
    if (node.type !== 'element') return [node];
    if ('dataFootnoteRef' in (node.children[0]?.type === 'element' ? node.children[0].properties : {})) return [];
    if (node.tagName === 'img') return [{ type: 'text', value: String(node.properties.alt ?? '') }];
    const children = repeated(node.children, values);
    const { id, ...properties } = node.properties;
    return node.tagName === 'a' ? children : [{ ...node, properties, children }];
  });
}

/** Words as a screen reader says them: KaTeX sets each formula twice, once hidden from it. */
function spoken(nodes: readonly ElementContent[]): string {
  const isHidden = ({ properties }: Element) =>
    properties.ariaHidden === 'true' || properties['aria-hidden'] === 'true';
  const said = (node: ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return '';
    return isHidden(node) ? '' : node.children.map(said).join('');
  };
  return nodes.map(said).join('').replace(/\s+/g, ' ').trim();
}

/** Rehype plugin: fills the post's `contents` and appends a `#` link to each heading from h2 to h4. */
export function rehypeContents() {
  return (tree: Root, file: VFile): void => {
    const contents: ContentsEntry[] = [];
    visit(tree, 'element', (heading) => {
      const depth = Number(/^h([2-4])$/.exec(heading.tagName)?.[1]);
      const { id } = heading.properties;
      if (!depth || typeof id !== 'string') return;
      const values: HeadingValue[] = [];
      const said = repeated(heading.children, values);
      contents.push({ depth, id, html: toHtml(said).split(gap), values });
      const label = words.text.linkToSection(spoken(said));
      const properties = { className: ['anchor'], href: `#${id}`, ariaLabel: label };
      heading.children.push({ type: 'element', tagName: 'a', properties, children: [] });
    });
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) frontmatter.contents = contents;
  };
}
