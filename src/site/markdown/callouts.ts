/** Titles of callouts (`> [!NOTE]`) in the site's language. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { words } from '../i18n.ts';

type Kind = keyof typeof words.text.callouts;

/** Remark plugin, before remarkAlert: gives `[!NOTE]` its translated title by the syntax `[!NOTE/…]`. */
export function remarkCalloutTitles() {
  return (tree: Root): void => {
    visit(tree, 'blockquote', ({ children: [first] }) => {
      const text = first?.type === 'paragraph' ? first.children[0] : undefined;
      if (text?.type !== 'text') return;
      text.value = text.value.replace(
        /^\[!(note|tip|important|warning|caution)\]/i,
        (_, kind: string) => `[!${kind}/${words.text.callouts[kind.toLowerCase() as Kind]}]`,
      );
    });
  };
}

/** Remark plugin, after remarkAlert: removes the empty paragraph that it leaves if a callout begins with a formula. */
export function remarkNoEmptyParagraphs() {
  return (tree: Root): void => {
    visit(tree, 'paragraph', (paragraph, index, parent) => {
      const isEmpty = paragraph.children.every((child) => child.type === 'text' && child.value.trim() === '');
      if (!isEmpty || paragraph.data?.hName || !parent || index === undefined) return undefined;
      parent.children.splice(index, 1);
      return index;
    });
  };
}
