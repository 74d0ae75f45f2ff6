/** Repairs KaTeX's MathML where it violates the standard: feeds show it, and screen readers speak it. */
import type { Element, ElementContent } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';

/** The number of children that an element must have: https://www.w3.org/TR/mathml-core/. */
const argumentCount: Readonly<Record<string, number>> = {
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

/** Groups each function name with the application operator that follows it. */
function groupApplications(children: readonly ElementContent[]): ElementContent[][] {
  const groups: ElementContent[][] = [];
  for (const child of children) {
    const last = groups.at(-1);
    if (last && isApplication(child)) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

/**
 * Makes elements with a fixed number of arguments have just these: in `\mu_{\min}` KaTeX gives `msub` three children,
 * the function's name and its application side by side. Cell widths become styles, as `mtd` has no such attribute.
 */
export function repairMathml(mathml: Element): void {
  visit(mathml, 'element', (element) => {
    const { tagName, properties } = element;
    if (tagName === 'mtd' && properties.width !== undefined) {
      properties.style = `width:${properties.width}`;
      delete properties.width;
    }
    const expected = argumentCount[tagName];
    if (expected === undefined || element.children.length <= expected) return;
    const row = (children: ElementContent[]): Element => ({
      type: 'element',
      tagName: 'mrow',
      properties: {},
      children,
    });
    // An application operator with nothing after it is dropped.
    element.children = groupApplications(element.children).map((group) => {
      const content = isApplication(group.at(-1)) ? group.slice(0, -1) : group;
      return content.length === 1 ? content[0]! : row(content);
    });
  });
}
