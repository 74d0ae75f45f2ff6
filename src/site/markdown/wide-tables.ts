/** Wraps tables so that wide ones scroll by themselves, also by keyboard; replaces `align` attributes by styles. */
import type { Element, Root } from 'hast';
import type {} from 'mdast-util-mdx-jsx'; // types of JSX in the tree
import { SKIP, visit } from 'unist-util-visit';
import { words } from '../i18n.ts';

/** Replaces GFM's `align` attribute, which is obsolete in HTML, by a style. */
function alignByStyle(table: Element): void {
  visit(table, 'element', ({ properties }) => {
    if (properties.align === undefined) return;
    properties.style = `text-align:${properties.align}`;
    delete properties.align;
  });
}

/** Rehype plugin: puts each table, of Markdown or of JSX, into a scrollable `div.table`, labelled by its number. */
export function rehypeTables() {
  return (tree: Root): void => {
    let count = 0;
    visit(tree, (table, index, parent) => {
      if (table.type !== 'element' && table.type !== 'mdxJsxFlowElement') return undefined;
      const name = table.type === 'element' ? table.tagName : table.name;
      if (name !== 'table' || !parent || index === undefined) return undefined;
      count += 1;
      if (table.type === 'element') alignByStyle(table);
      const properties = { className: ['table'], role: 'group', ariaLabel: words.text.table(count), tabIndex: 0 };
      const wrapper: Element = { type: 'element', tagName: 'div', properties, children: [table] };
      parent.children[index] = wrapper;
      return SKIP;
    });
  };
}
