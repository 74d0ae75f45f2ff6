/** A post's HTML made fit for feed readers, which have no style sheet of ours. */
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { SKIP, visit } from 'unist-util-visit';

const hasClass = ({ properties }: Element, name: string) =>
  Array.isArray(properties.className) && properties.className.includes(name);

/** What only works on the page itself: KaTeX's boxes (MathML stays), anchors, controls. */
function isForPageOnly(element: Element): boolean {
  return (
    hasClass(element, 'katex-html') ||
    hasClass(element, 'anchor') ||
    ['style', 'script', 'link', 'input'].includes(element.tagName)
  );
}

/** `html` with every address absolute to `url`, KaTeX reduced to MathML, and nothing that needs the site's styles. */
export function feedHtml(html: string, url: string): string {
  const tree = fromHtml(html, { fragment: true });
  visit(tree as Nodes, 'element', (element, index, parent) => {
    if (isForPageOnly(element) && parent && index !== undefined) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    for (const name of ['href', 'src'] as const) {
      const address = element.properties[name];
      if (typeof address === 'string') element.properties[name] = new URL(address, url).href;
    }
    delete element.properties.tabIndex;
    return undefined;
  });
  return toHtml(tree);
}
