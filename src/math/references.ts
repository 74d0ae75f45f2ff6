/** Links that name what they lead to: `[](#fig-spread)` reads "Figure 3", `[](#eq-delta)` "(4)", `[](#a-heading)` the heading. */
import type { PhrasingContent, Root } from 'mdast';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from '../words/index.ts';
import { asPhrasing, equationId } from './equations.ts';
import { repeated } from './headings.ts';
import { report } from './report.ts';

const text = (value: string): PhrasingContent[] => [{ type: 'text', value }];

/** What an empty link reads that leads to one of the post's figures and equations, or to one of its headings. */
function names(tree: Root, file: VFile) {
  const numbered = new Map<string, PhrasingContent[]>();
  const headings = new Map<string, PhrasingContent[]>();
  for (const [id, { number }] of file.data.figures ?? []) numbered.set(id, text(words.figure.reference(number)));
  for (const [label, { number }] of file.data.equations ?? [])
    numbered.set(equationId(label), asPhrasing(`(${number})`));
  visit(tree, 'heading', (heading) => {
    const id = String(heading.data?.hProperties?.id);
    if (numbered.has(id))
      report(file, heading.position?.start, `this heading would be #${id}, as a figure or equation is`);
    headings.set(id, repeated(heading.children));
  });
  return { numbered, headings };
}

/**
 * Remark plugin, after numbering and figures. Reports an empty link to something that the post doesn't have, and a
 * heading whose id a figure or an equation has.
 */
export function remarkReferences() {
  return (tree: Root, file: VFile): void => {
    const { numbered, headings } = names(tree, file);
    visit(tree, 'link', (link) => {
      if (!link.url.startsWith('#') || link.children.length > 0) return;
      const id = link.url.slice(1);
      const said = numbered.get(id) ?? headings.get(id);
      if (said === undefined) {
        const known = [...headings.keys(), ...numbered.keys()].join(', ') || 'none';
        const problem = `[](${link.url}): no such figure, equation or heading; there is ${known}`;
        report(file, link.position?.start, problem);
        return;
      }
      link.children = structuredClone(said);
      // A number stays on the line of what comes before it; the words of a heading may break.
      if (numbered.has(id)) link.data = { ...link.data, hProperties: { className: ['reference'] } };
    });
  };
}
