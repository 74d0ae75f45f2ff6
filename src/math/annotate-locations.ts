/** Gives each component of a post its source location, `at="posts/x.mdx:12:3"`, for its error messages. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attribute, isJsxElement, setAttribute } from './jsx.ts';
import { locationOf } from './report-errors.ts';

/** Remark plugin: every JSX element with a capital (`<Chart>`, `<Value>`, …) gets the attribute `at`. */
export function remarkAnnotateLocations() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (!isJsxElement(node)) return;
      if (!node.name || !/^[A-Z]/.test(node.name) || attribute(node, 'at') !== undefined) return;
      setAttribute(node, 'at', locationOf(file, node.position?.start));
    });
  };
}
