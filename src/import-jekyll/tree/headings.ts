/** Headings of an imported post: JSX is removed from their text, and anchors, the targets of old links, are put before them. */
import { slug } from 'github-slugger';
import type { Heading, PhrasingContent, RootContent } from 'mdast';
import type { MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { toString as plainText } from 'mdast-util-to-string';
import { trimInline } from './inline.ts';

const idOf = (anchor: MdxJsxTextElement): unknown =>
  anchor.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === 'id')?.value;

const isAnchor = (node: RootContent | undefined): node is MdxJsxTextElement =>
  node?.type === 'mdxJsxTextElement' && node.name === 'span' && idOf(node) !== undefined;

/** The anchor, if the nodes are one paragraph that contains only an anchor. */
export function loneAnchor(nodes: readonly RootContent[]): MdxJsxTextElement | undefined {
  const [paragraph, ...others] = nodes;
  if (paragraph?.type !== 'paragraph' || others.length > 0 || paragraph.children.length !== 1) return undefined;
  const [only] = paragraph.children;
  return isAnchor(only) ? only : undefined;
}

/** Removes comments, and replaces JSX elements by their children. */
const withoutJsx = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
  nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'mdxTextExpression') return [];
    if (node.type === 'mdxJsxTextElement' && node.name === 'br') return [{ type: 'text', value: ' ' }];
    const children = 'children' in node ? withoutJsx(node.children as PhrasingContent[]) : [];
    if (node.type === 'mdxJsxTextElement') return children;
    return ['children' in node ? ({ ...node, children } as PhrasingContent) : node];
  });

/** The heading as plain Markdown, after its anchors; the anchor with the id that the site gives the heading is left out. */
export function headingWithAnchors(heading: Heading): RootContent[] {
  const children = trimInline(withoutJsx(heading.children));
  const own = slug(plainText(children).trim());
  const anchors = heading.children.filter(isAnchor).filter((anchor) => idOf(anchor) !== own);
  return [
    ...anchors.map((anchor): RootContent => ({ ...anchor, type: 'mdxJsxFlowElement', children: [] })),
    { ...heading, children },
  ];
}
