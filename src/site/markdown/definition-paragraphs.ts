/** Keeps the paragraphs of a definition apart: in a list that counts as tight they would be shown as one. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** Remark plugin. */
export function remarkDefinitionParagraphs() {
  return (tree: Root): void => {
    visit(tree, 'defListDescription', (description) => {
      if (description.children.filter(({ type }) => type === 'paragraph').length > 1) description.spread = true;
    });
  };
}
