/** Wide tables scroll by themselves, also from the keyboard, rather than make the page scroll. */
import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

/** Rehype plugin: each table goes into a `section.table` that can be scrolled. */
export function rehypeTables() {
  return (tree: Root): void => {
    visit(tree, 'element', (table, index, parent) => {
      if (table.tagName !== 'table' || !parent || index === undefined) return undefined;
      const properties = { className: ['table'], ariaLabel: 'Table', tabIndex: 0 };
      const box: Element = { type: 'element', tagName: 'section', properties, children: [table] };
      parent.children[index] = box;
      return SKIP;
    });
  };
}
