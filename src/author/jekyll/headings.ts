/** Headings of plain Markdown, from which the site makes its contents list, with the anchors of old links before them. */
import { slug } from 'github-slugger';
import type { Heading, PhrasingContent, RootContent } from 'mdast';
import type { MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { toString as plainText } from 'mdast-util-to-string';
import { trimmed } from './line.ts';

const isAnchor = (node: RootContent | undefined): node is MdxJsxTextElement =>
  node?.type === 'mdxJsxTextElement' && node.name === 'span';

const idOf = (anchor: MdxJsxTextElement): unknown =>
  anchor.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === 'id')?.value;

/** The anchor that a paragraph consists of, if these nodes are one. */
export function loneAnchor(nodes: readonly RootContent[]): MdxJsxTextElement | undefined {
  const [paragraph, ...others] = nodes;
  if (paragraph?.type !== 'paragraph' || others.length > 0 || paragraph.children.length !== 1) return undefined;
  const [only] = paragraph.children;
  return isAnchor(only) ? only : undefined;
}

/** Text without comments, and without the tags of JSX around words. */
const withoutJsx = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
  nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'mdxTextExpression') return [];
    const children = 'children' in node ? withoutJsx(node.children as PhrasingContent[]) : [];
    if (node.type === 'mdxJsxTextElement') return children;
    return ['children' in node ? ({ ...node, children } as PhrasingContent) : node];
  });

/** A heading, and before it each anchor it held, but for the one of the id that the site gives it anyway. */
export function headingWithAnchors(heading: Heading): RootContent[] {
  const children = trimmed(withoutJsx(heading.children));
  const own = slug(
    children
      .map((child) => plainText(child))
      .join('')
      .trim(),
  );
  const anchors = heading.children.filter(isAnchor).filter((anchor) => idOf(anchor) !== own);
  return [
    ...anchors.map((anchor): RootContent => ({ ...anchor, type: 'mdxJsxFlowElement', children: [] })),
    { ...heading, children },
  ];
}
