/** Wide tables scroll by themselves, also from the keyboard, rather than make the page scroll; cells align by style. */
import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { words } from './words.ts';

/** GFM writes an attribute that HTML no longer has. */
function alignByStyle(table: Element): void {
  visit(table, 'element', ({ properties }) => {
    if (properties.align === undefined) return;
    properties.style = `text-align:${properties.align}`;
    delete properties.align;
  });
}

/** Rehype plugin: each table goes into a `div.table` that can be scrolled, called by its number. */
export function rehypeTables() {
  return (tree: Root): void => {
    let count = 0;
    visit(tree, 'element', (table, index, parent) => {
      if (table.tagName !== 'table' || !parent || index === undefined) return undefined;
      count += 1;
      alignByStyle(table);
      const properties = { className: ['table'], role: 'group', ariaLabel: words.text.table(count), tabIndex: 0 };
      const box: Element = { type: 'element', tagName: 'div', properties, children: [table] };
      parent.children[index] = box;
      return SKIP;
    });
  };
}
