/** Tells each component of a post where it stands, so that its errors can: `at="posts/x.mdx:12:3"`. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attribute, setAttribute } from './jsx.ts';
import { where } from './report.ts';

/** Remark plugin: every JSX element with a capital (`<Chart>`, `<Value>`, …) gets the attribute `at`. */
export function remarkLocated() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      if (!node.name || !/^[A-Z]/.test(node.name) || attribute(node, 'at') !== undefined) return;
      setAttribute(node, 'at', where(file, node.position?.start));
    });
  };
}
