/** A page has one heading of the first level, its title. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';

/** Remark plugin. */
export function remarkHeadingLevels() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'heading', ({ depth, position }) => {
      if (depth === 1)
        report(
          file,
          position?.start,
          'the title of the post is its heading of the first level; begin sections with ##',
        );
    });
  };
}
