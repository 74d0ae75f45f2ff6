/** Clean-up of inline content before it is written: spaces at the ends, adjacent formulas, bars in table cells. */
import type { Heading, Image, Nodes, PhrasingContent, Root } from 'mdast';
import type {} from 'mdast-util-math'; // types of maths in the tree
import type { MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';

/** Removes white space and line breaks at both ends. */
export function trimInline(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const copy = nodes.filter((node) => node.type !== 'text' || node.value !== '');
  const isSpace = (node: PhrasingContent | undefined) =>
    node?.type === 'break' || (node?.type === 'text' && node.value.trim() === '');
  while (isSpace(copy[0])) copy.shift();
  while (isSpace(copy.at(-1))) copy.pop();
  const first = copy[0];
  if (first?.type === 'text') copy[0] = { ...first, value: first.value.trimStart() };
  const last = copy.at(-1);
  if (last?.type === 'text') copy[copy.length - 1] = { ...last, value: last.value.trimEnd() };
  return copy;
}

/** Removes bars from a table cell, which they would end: formulas get `\vert`, and comments are dropped. */
export function removeBars(cell: Heading): void {
  cell.children = cell.children.filter((child) => child.type !== 'mdxTextExpression');
  visit(cell, 'inlineMath', (formula) => {
    formula.value = formula.value.replace(/\\\|/g, '\\Vert ').replace(/\|/g, '\\vert ').trimEnd();
  });
}

/** Merges adjacent inline formulas: written as `$a$$b$` they would contain `$$`. */
export function joinFormulas(tree: Root): void {
  visit(tree, (node) => {
    if (!('children' in node)) return;
    const children = node.children as PhrasingContent[];
    for (let i = children.length - 1; i > 0; i--) {
      const [left, right] = [children[i - 1]!, children[i]!];
      if (left.type !== 'inlineMath' || right.type !== 'inlineMath') continue;
      left.value += ` ${right.value}`;
      children.splice(i, 1);
    }
  });
}

declare module 'mdast' {
  interface PhrasingContentMap {
    size: Size;
  }
  interface RootContentMap {
    size: Size;
  }
  interface ParagraphData {
    /** Whether the import has made it. */
    made?: boolean;
  }
}

/** A size as written: `300`, `300px`, `50%`. */
export type SizeAttributes = { readonly width?: string | undefined; readonly height?: string | undefined };

/** The size of the image before it. */
export interface Size extends Node {
  type: 'size';
  size: SizeAttributes;
}

/** A node for the size of the image before it. */
export const sizeNode = ({ width, height }: SizeAttributes): Size => ({ type: 'size', size: { width, height } });

/** An image of a size, as JSX. Sizes in pixels are attributes, others a style. */
export function sizedImage(
  image: Pick<Image, 'url' | 'alt' | 'title' | 'position'>,
  sizes: SizeAttributes,
): MdxJsxTextElement {
  const attributes: Record<string, string> = { src: image.url, alt: image.alt ?? '' };
  if (image.title) attributes.title = image.title;
  const styles: string[] = [];
  for (const name of ['width', 'height'] as const) {
    const size = sizes[name]?.trim() ?? '';
    if (/^\d+(?:\.\d+)?(?:px)?$/.test(size)) attributes[name] = String(Math.round(Number.parseFloat(size)));
    else if (/^\d+(?:\.\d+)?(?:%|em|rem|vw|ch)$/.test(size) && !(name === 'height' && size.endsWith('%')))
      styles.push(`${name}:${size}`);
  }
  if (styles.length > 0) attributes.style = styles.join(';');
  return {
    type: 'mdxJsxTextElement',
    name: 'img',
    attributes: Object.entries(attributes).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value })),
    children: [],
    ...(image.position && { position: image.position }),
  };
}

/** Gives images the sizes that stand behind them, and removes all other sizes. */
export function joinSizes(tree: Root): void {
  visit(tree, (node: Nodes) => {
    if (!('children' in node)) return;
    const children = node.children as PhrasingContent[];
    const hasSize = children.some(({ type }) => type === 'size');
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i]!;
      if (child.type !== 'size') continue;
      children.splice(i, 1);
      const before = children.slice(0, i).findLastIndex((each) => each.type !== 'text' || each.value.trim() !== '');
      const last = children[before];
      if (last?.type === 'image') children[before] = sizedImage(last, child.size);
      const [inner] = last?.type === 'link' ? last.children : [];
      if (last?.type === 'link' && inner?.type === 'image') last.children = [sizedImage(inner, child.size)];
    }
    if (hasSize) node.children = trimInline(children) as typeof node.children;
  });
}
