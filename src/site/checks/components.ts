/** Reports unknown components (capitalised tags without a file in src/site/components), and unknown attributes of known ones. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { componentReference } from '../reference/read-reference.ts';

const folder = fileURLToPath(new URL('../components/', import.meta.url));
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.astro'))
  .map((file) => file.replace('.astro', ''))
  .sort();

const attributes = new Map<string, ReturnType<typeof componentReference>>();

/** The attributes of a component, read once. */
function attributesOf(name: string): ReturnType<typeof componentReference> {
  const found = attributes.get(name) ?? componentReference(`${folder}${name}.astro`);
  attributes.set(name, found);
  return found;
}

/** Remark plugin. Names the nearest component or attribute in each error. */
export function remarkComponents() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node) => {
      if (!isJsxElement(node)) return;
      const { name } = node;
      // A <Reference> that is still there has been reported.
      if (!name || !/^[A-Z]/.test(name) || name === 'Reference') return;
      if (!known.includes(name)) {
        const guess = nearestName(name, known);
        const hint = guess === undefined ? `there is ${known.join(', ')}` : `did you mean <${guess}>?`;
        report(file, node.position?.start, `<${name}>: no such component; ${hint}`);
        return;
      }
      const { entries, added, open } = attributesOf(name);
      const names = entries.map((entry) => entry.name);
      for (const each of node.attributes) {
        if (each.type !== 'mdxJsxAttribute' || open || names.includes(each.name) || added.includes(each.name)) continue;
        const guess = nearestName(each.name, names);
        const hint = guess === undefined ? `there are ${names.join(', ')}` : `did you mean ${guess}?`;
        report(file, each.position?.start ?? node.position?.start, `<${name}>: no attribute ${each.name}; ${hint}`);
      }
    });
  };
}
