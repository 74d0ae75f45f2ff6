/**
 * Fills in empty links: `[](#fig-spread)` becomes "Figure 3", `[](#eq-delta)` "(4)", `[](#thm-mirror)` "Theorem 1",
 * `[](#a-heading)` the heading.
 */
import type { PhrasingContent, Root } from 'mdast';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from '../i18n/index.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { asPhrasing, equationId } from './equations.ts';
import { headingContent } from './headings.ts';
import { report } from './report-errors.ts';

const text = (value: string): PhrasingContent[] => [{ type: 'text', value }];

/** The text of an empty link by id: of the post's figures, equations and theorems, and of its headings. */
function linkTexts(tree: Root, file: VFile) {
  const numbered = new Map<string, PhrasingContent[]>();
  const headings = new Map<string, PhrasingContent[]>();
  for (const [id, { number }] of file.data.figures ?? []) numbered.set(id, text(words.figure.reference(number)));
  for (const [label, { number }] of file.data.equations ?? [])
    numbered.set(equationId(label), asPhrasing(`(${number})`));
  for (const [id, { reference }] of file.data.statements ?? []) numbered.set(id, text(reference));
  visit(tree, 'heading', (heading) => {
    const id = String(heading.data?.hProperties?.id);
    if (numbered.has(id))
      report(file, heading.position?.start, `this heading would be #${id}, as a figure, equation or theorem is`);
    headings.set(id, headingContent(heading.children));
  });
  return { numbered, headings };
}

/** Remark plugin, to run after numbering and figures. Reports links to nothing, and ids used by two targets. */
export function remarkReferences() {
  return (tree: Root, file: VFile): void => {
    const { numbered, headings } = linkTexts(tree, file);
    visit(tree, 'link', (link) => {
      if (!link.url.startsWith('#') || link.children.length > 0) return;
      const id = link.url.slice(1);
      const linkText = numbered.get(id) ?? headings.get(id);
      if (linkText === undefined) {
        const known = [...headings.keys(), ...numbered.keys()];
        const guess = nearestName(id, known);
        const hint = guess === undefined ? '' : `; did you mean [](#${guess})?`;
        const problem = `[](${link.url}): no such figure, equation, theorem or heading; there is ${known.join(', ') || 'none'}${hint}`;
        report(file, link.position?.start, problem);
        return;
      }
      link.children = structuredClone(linkText);
      // A number must not begin a line; the words of a heading may break.
      if (numbered.has(id)) link.data = { ...link.data, hProperties: { className: ['reference'] } };
    });
  };
}
