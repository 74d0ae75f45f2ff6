/** Reports tags with a capital that are none of the components in src/site/components. */
import { readdirSync } from 'node:fs';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { report } from '../../math/index.ts';

const known = readdirSync(new URL('../components/', import.meta.url))
  .filter((file) => file.endsWith('.astro'))
  .map((file) => file.replace('.astro', ''))
  .sort();

/** Remark plugin. Names the nearest component in each error. */
export function remarkComponents() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      if (!node.name || !/^[A-Z]/.test(node.name) || known.includes(node.name)) return;
      const guess = nearestName(node.name, known);
      const hint = guess === undefined ? `there is ${known.join(', ')}` : `did you mean <${guess}>?`;
      report(file, node.position?.start, `<${node.name}>: no such component; ${hint}`);
    });
  };
}
