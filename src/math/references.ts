/** Links that name what they lead to: `[](#fig-spread)` reads "Figure 3", `[](#eq-delta)` reads "(4)". */
import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { fail } from './where.ts';

/** What an empty link to each numbered or titled thing of the post reads. */
function names(tree: Root, file: VFile): Map<string, string> {
  const found = new Map<string, string>();
  visit(tree, 'heading', (heading) => {
    const id = heading.data?.hProperties?.id;
    if (typeof id === 'string') found.set(id, plainText(heading));
  });
  for (const [id, { number }] of file.data.figures ?? []) found.set(id, `Figure ${number}`);
  for (const [label, { number }] of file.data.equations ?? []) found.set(`eq-${label}`, `(${number})`);
  return found;
}

/** Remark plugin, after numbering and figures. Throws at an empty link to something that the post doesn't have. */
export function remarkReferences() {
  return (tree: Root, file: VFile): void => {
    const known = names(tree, file);
    visit(tree, 'link', (link) => {
      if (!link.url.startsWith('#') || link.children.length > 0) return;
      const text = known.get(link.url.slice(1));
      if (text === undefined) {
        fail(
          file,
          link.position?.start,
          `[](${link.url}): no such figure, equation or heading; there is ${[...known.keys()].join(', ') || 'none'}`,
        );
      }
      link.children.push({ type: 'text', value: text });
      link.data = { ...link.data, hProperties: { className: ['reference'] } };
    });
  };
}
