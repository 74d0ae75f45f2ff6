/** Clean-up of inline content before it is written: spaces at the ends, adjacent formulas, bars in table cells. */
import type { Heading, PhrasingContent, Root } from 'mdast';
import type {} from 'mdast-util-math'; // types of maths in the tree
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
