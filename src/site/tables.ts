/** Wide tables scroll by themselves, also from the keyboard, rather than make the page scroll. */
import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

/** Rehype plugin: each table goes into a `div.table` that can be scrolled, called by its number. */
export function rehypeTables() {
  return (tree: Root): void => {
    let count = 0;
    visit(tree, 'element', (table, index, parent) => {
      if (table.tagName !== 'table' || !parent || index === undefined) return undefined;
      count += 1;
      const properties = { className: ['table'], role: 'group', ariaLabel: `Table ${count}`, tabIndex: 0 };
      const box: Element = { type: 'element', tagName: 'div', properties, children: [table] };
      parent.children[index] = box;
      return SKIP;
    });
  };
}
