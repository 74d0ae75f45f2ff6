/** Keeps punctuation on the line of the formula that it belongs to: `$x$,` never starts a line with the comma. */
import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const opening = /[([“‘]+$/;
const closing = /^[)\]”’.,;:!?]+/;

/** Takes what `pattern` matches off a text node; the empty string if the node is no such text. */
function taken(node: ElementContent | undefined, pattern: RegExp): string {
  if (node?.type !== 'text') return '';
  const found = pattern.exec(node.value)?.[0] ?? '';
  if (found) node.value = node.value.replace(pattern, '');
  return found;
}

/** In how many pieces, between which a line may break, KaTeX sets a formula: one more than its relations and sums. */
function pieces(formula: Element): number {
  let count = 0;
  visit(formula, 'element', ({ properties: { className } }) => {
    if (Array.isArray(className) && className.includes('base')) count += 1;
  });
  return count;
}

/**
 * Rehype plugin, after KaTeX: a short formula of the line and the punctuation around it share a `span.unbroken`. A
 * formula of more than two pieces may need to break within, and browsers then break before the punctuation too.
 */
export function rehypePunctuation() {
  return (tree: Root): void => {
    visit(tree, 'element', (formula, index, parent) => {
      const { className } = formula.properties;
      if (!Array.isArray(className) || !className.includes('katex') || !parent || index === undefined) return undefined;
      if (pieces(formula) > 2) return SKIP;
      const siblings = parent.children as ElementContent[];
      const before = taken(siblings[index - 1], opening);
      const after = taken(siblings[index + 1], closing);
      if (!before && !after) return SKIP;
      const text = (value: string): ElementContent[] => (value ? [{ type: 'text', value }] : []);
      const children = [...text(before), formula, ...text(after)];
      const unbroken: Element = { type: 'element', tagName: 'span', properties: { className: ['unbroken'] }, children };
      siblings[index] = unbroken;
      return SKIP;
    });
  };
}
