/** Accessible names for the checkboxes of task lists, in the site's language. */
import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import { words } from '../i18n.ts';

/** Rehype plugin: labels each checkbox of `- [x]` and `- [ ]` as done or to do. */
export function rehypeTasks() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName === 'input' && properties.type === 'checkbox')
        properties.ariaLabel = properties.checked ? words.text.done : words.text.toDo;
    });
  };
}
