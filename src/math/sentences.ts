/**
 * Gives a sentence its paragraph back. MDX takes a paragraph that holds nothing but components apart; for `<Claim>` and
 * `<Value>`, which are parts of sentences, that would leave text without a paragraph.
 */
import type { PhrasingContent, Root, RootContent } from 'mdast';
import type { MdxJsxTextElement } from 'mdast-util-mdx';
import { visit } from 'unist-util-visit';

const inline = new Set(['Claim', 'Value']);

/** A component that stands alone, as a part of a sentence: paragraphs inside it give up their content. */
function asText(node: RootContent): MdxJsxTextElement | undefined {
  if (node.type !== 'mdxJsxFlowElement' || !inline.has(node.name ?? '')) return undefined;
  const children = node.children.flatMap((child): PhrasingContent[] =>
    child.type === 'paragraph' ? child.children : [child as PhrasingContent],
  );
  return { ...node, type: 'mdxJsxTextElement', children };
}

/** Remark plugin: components of sentences that stand alone become a paragraph, those on neighbouring lines one together. */
export function remarkSentences() {
  return (tree: Root): void => {
    visit(tree, (parent) => {
      if (!('children' in parent)) return;
      const children: RootContent[] = [];
      let end = Number.NEGATIVE_INFINITY;
      for (const child of parent.children as RootContent[]) {
        const text = asText(child);
        const before = children.at(-1);
        if (text === undefined) children.push(child);
        else if (before?.type === 'paragraph' && child.position!.start.line <= end + 1)
          before.children.push({ type: 'text', value: '\n' }, text);
        else children.push({ type: 'paragraph', children: [text], position: child.position! });
        end = text === undefined ? Number.NEGATIVE_INFINITY : child.position!.end.line;
      }
      parent.children = children as typeof parent.children;
    });
  };
}
