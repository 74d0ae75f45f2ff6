/** A tag in a post must be HTML or one of the components that the layout hands over. */
import { readdirSync } from 'node:fs';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearest } from '../../lab/nearest.ts';
import { report } from '../../math/index.ts';

const known = readdirSync(new URL('../../components/', import.meta.url))
  .filter((file) => file.endsWith('.astro'))
  .map((file) => file.replace('.astro', ''))
  .sort();

/** Remark plugin. Reports, with the nearest name, a component that does not exist. */
export function remarkComponents() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      if (!node.name || !/^[A-Z]/.test(node.name) || known.includes(node.name)) return;
      const guess = nearest(node.name, known);
      const hint = guess === undefined ? `there is ${known.join(', ')}` : `did you mean <${guess}>?`;
      report(file, node.position?.start, `<${node.name}>: no such component; ${hint}`);
    });
  };
}
