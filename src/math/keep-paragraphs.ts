/**
 * Restores the paragraphs around `<Claim>` and `<Value>`. MDX removes a paragraph that contains only components, but
 * these two are parts of sentences, and their text would stand outside of any paragraph.
 */
import type { PhrasingContent, Root, RootContent } from 'mdast';
import type { MdxJsxTextElement } from 'mdast-util-mdx';
import { visit } from 'unist-util-visit';

const inline = new Set(['Claim', 'Value']);

/** A `<Claim>` or `<Value>` as an inline element, its paragraphs unwrapped; undefined for any other node. */
function asInline(node: RootContent): MdxJsxTextElement | undefined {
  if (node.type !== 'mdxJsxFlowElement' || !inline.has(node.name ?? '')) return undefined;
  const children = node.children.flatMap((child): PhrasingContent[] =>
    child.type === 'paragraph' ? child.children : [child as PhrasingContent],
  );
  return { ...node, type: 'mdxJsxTextElement', children };
}

/** Remark plugin: each `<Claim>` or `<Value>` outside of a paragraph gets one; those on neighbouring lines share it. */
export function remarkKeepParagraphs() {
  return (tree: Root): void => {
    visit(tree, (parent) => {
      if (!('children' in parent)) return;
      const children: RootContent[] = [];
      let end = Number.NEGATIVE_INFINITY;
      for (const child of parent.children as RootContent[]) {
        const text = asInline(child);
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
