/** The plain text and the id of a claim. */
import { fromHtml } from 'hast-util-from-html';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';

/** HTML as plain text: formulas by their MathML, without tooltips. */
export function plainText(html: string): string {
  const tree = fromHtml(html, { fragment: true });
  visit(tree, 'element', (element) => {
    const names = String(element.properties.className ?? '').split(',');
    if (names.includes('behind') || names.includes('katex-html')) element.children = [];
  });
  return textOf(tree).replace(/\s+/g, ' ').trim();
}

/** The id of a claim, from its location: `posts/topic/x.mdx:12:3` → `claim-topic-x-12-3`. */
export const claimId = (at: string): string =>
  `claim-${at
    .replace(/^posts\//, '')
    .replace(/\.mdx(?=:)/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')}`;
