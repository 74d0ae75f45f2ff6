/** Keeps punctuation on the line of its formula: in `$x$,` the comma never starts a line. */
import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const opening = /[([“‘]+$/;
/** Excludes a decimal point; includes an apostrophe with the letters that follow. */
const closing = /^(?:’\p{L}+|[)\]”’.,;:!?]+(?![\p{L}\p{N}]))/u;

/** Removes what `pattern` matches from a text node and returns it; empty if the node is no text or does not match. */
function takeMatch(node: ElementContent | undefined, pattern: RegExp): string {
  if (node?.type !== 'text') return '';
  const found = pattern.exec(node.value)?.[0] ?? '';
  if (found) node.value = node.value.replace(pattern, '');
  return found;
}

/** KaTeX's boxes between which a line may break: one more than the formula has relations and binary operators. */
function basesOf(formula: Element): Element[] {
  const bases: Element[] = [];
  visit(formula, 'element', (element) => {
    if (String(element.properties.className) === 'base') bases.push(element);
  });
  return bases;
}

const text = (value: string): ElementContent[] => (value ? [{ type: 'text', value }] : []);

/** Moves punctuation into the formula: into its first and last boxes, which do not break, and into its MathML. */
function moveInside(formula: Element, bases: readonly Element[], before: string, after: string): void {
  bases[0]!.children.unshift(...text(before));
  bases.at(-1)!.children.push(...text(after));
  visit(formula, 'element', (element) => {
    if (element.tagName !== 'math') return;
    const token = (value: string): ElementContent[] =>
      value ? [{ type: 'element', tagName: 'mtext', properties: {}, children: text(value) }] : [];
    element.children.unshift(...token(before));
    element.children.push(...token(after));
  });
}

/**
 * Rehype plugin, to run after KaTeX: wraps a short inline formula and the punctuation around it in a `span.unbroken`. A
 * formula of more than two boxes may have to break; there the punctuation is moved into the formula, since browsers
 * would break before it too.
 */
export function rehypePunctuation() {
  return (tree: Root): void => {
    visit(tree, 'element', (formula, index, parent) => {
      const { className } = formula.properties;
      if (!Array.isArray(className) || !className.includes('katex') || !parent || index === undefined) return undefined;
      const siblings = parent.children as ElementContent[];
      const before = takeMatch(siblings[index - 1], opening);
      const after = takeMatch(siblings[index + 1], closing);
      if (!before && !after) return SKIP;
      const bases = basesOf(formula);
      if (bases.length > 2) {
        moveInside(formula, bases, before, after);
        return SKIP;
      }
      const children = [...text(before), formula, ...text(after)];
      const unbroken: Element = { type: 'element', tagName: 'span', properties: { className: ['unbroken'] }, children };
      siblings[index] = unbroken;
      return SKIP;
    });
  };
}
