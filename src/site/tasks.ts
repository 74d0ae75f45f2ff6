/** The boxes of task lists say in words whether they are ticked: a screen reader hears nothing else of them. */
import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import { words } from './words.ts';

/** Rehype plugin: gives each checkbox of `- [x]` and `- [ ]` its name. */
export function rehypeTasks() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName === 'input' && properties.type === 'checkbox')
        properties.ariaLabel = properties.checked ? words.text.done : words.text.toDo;
    });
  };
}
