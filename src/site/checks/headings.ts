/** Reports headings of the first level in a post, which has one already: its title. */
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

/** Remark plugin. */
export function remarkHeadingLevels() {
  return (tree: Root, file: VFile): void => {
    for (const { depth, position } of nodesOf(tree, 'heading')) {
      const problem = 'the title of the post is its heading of the first level; begin sections with ##';
      if (depth === 1) report(file, position?.start, problem);
    }
  };
}
