/** Mends KaTeX's MathML where it breaks the standard, which feeds show and screen readers speak. */
import type { Element, ElementContent } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';

/** How many arguments an element has, each in a place of its own: https://www.w3.org/TR/mathml-core/. */
const arguments_: Readonly<Record<string, number>> = {
  msub: 2,
  msup: 2,
  msubsup: 3,
  munder: 2,
  mover: 2,
  munderover: 3,
  mfrac: 2,
  mroot: 2,
};

/** The invisible operator that applies a function to what follows. */
const isApplication = (node: ElementContent | undefined): boolean =>
  node?.type === 'element' && node.tagName === 'mo' && plainText(node) === '\u2061';

/** Runs of siblings that belong together: a function's name and its application. */
function joined(children: readonly ElementContent[]): ElementContent[][] {
  const groups: ElementContent[][] = [];
  for (const child of children) {
    const last = groups.at(-1);
    if (last && isApplication(child)) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

/**
 * Gives elements with a fixed number of arguments just these: in `\mu_{\min}` KaTeX puts the function's name and its
 * application side by side, as if `msub` had three. Widths of cells become style, as `mtd` has no such attribute.
 */
export function mendMathml(mathml: Element): void {
  visit(mathml, 'element', (element) => {
    const { tagName, properties } = element;
    if (tagName === 'mtd' && properties.width !== undefined) {
      properties.style = `width:${properties.width}`;
      delete properties.width;
    }
    const expected = arguments_[tagName];
    if (expected === undefined || element.children.length <= expected) return;
    const row = (children: ElementContent[]): Element => ({
      type: 'element',
      tagName: 'mrow',
      properties: {},
      children,
    });
    // An application that nothing follows says nothing.
    element.children = joined(element.children).map((group) => {
      const told = isApplication(group.at(-1)) ? group.slice(0, -1) : group;
      return told.length === 1 ? told[0]! : row(told);
    });
  });
}
