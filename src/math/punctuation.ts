/** Keeps punctuation on the line of the formula that it belongs to: `$x$,` never starts a line with the comma. */
import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const opening = /[([“‘]+$/;
/** Not the point of a number; an apostrophe with what it joins. */
const closing = /^(?:’\p{L}+|[)\]”’.,;:!?]+(?![\p{L}\p{N}]))/u;

/** Takes what `pattern` matches off a text node; the empty string if the node is no such text. */
function taken(node: ElementContent | undefined, pattern: RegExp): string {
  if (node?.type !== 'text') return '';
  const found = pattern.exec(node.value)?.[0] ?? '';
  if (found) node.value = node.value.replace(pattern, '');
  return found;
}

/** The pieces, between which a line may break, in which KaTeX sets a formula: one more than its relations and sums. */
function piecesOf(formula: Element): Element[] {
  const pieces: Element[] = [];
  visit(formula, 'element', (element) => {
    if (String(element.properties.className) === 'base') pieces.push(element);
  });
  return pieces;
}

const text = (value: string): ElementContent[] => (value ? [{ type: 'text', value }] : []);

/** Sets punctuation in the formula itself: in its first and last pieces, which do not break, and in its MathML. */
function join(formula: Element, pieces: readonly Element[], before: string, after: string): void {
  pieces[0]!.children.unshift(...text(before));
  pieces.at(-1)!.children.push(...text(after));
  visit(formula, 'element', (element) => {
    if (element.tagName !== 'math') return;
    const token = (value: string): ElementContent[] =>
      value ? [{ type: 'element', tagName: 'mtext', properties: {}, children: text(value) }] : [];
    element.children.unshift(...token(before));
    element.children.push(...token(after));
  });
}

/**
 * Rehype plugin, after KaTeX: a short formula of the line and the punctuation around it share a `span.unbroken`. A
 * formula of more than two pieces may need to break within, and browsers then break before the punctuation too, unless
 * it is part of the formula.
 */
export function rehypePunctuation() {
  return (tree: Root): void => {
    visit(tree, 'element', (formula, index, parent) => {
      const { className } = formula.properties;
      if (!Array.isArray(className) || !className.includes('katex') || !parent || index === undefined) return undefined;
      const siblings = parent.children as ElementContent[];
      const before = taken(siblings[index - 1], opening);
      const after = taken(siblings[index + 1], closing);
      if (!before && !after) return SKIP;
      const pieces = piecesOf(formula);
      if (pieces.length > 2) {
        join(formula, pieces, before, after);
        return SKIP;
      }
      const children = [...text(before), formula, ...text(after)];
      const unbroken: Element = { type: 'element', tagName: 'span', properties: { className: ['unbroken'] }, children };
      siblings[index] = unbroken;
      return SKIP;
    });
  };
}
