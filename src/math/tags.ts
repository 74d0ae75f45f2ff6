/** Writes the numbers of the lines of `align` into MathML, in which KaTeX leaves their cells to its style sheet. */
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import katex, { type KatexOptions } from 'katex';
import { visit } from 'unist-util-visit';
import { type Command, commands } from './tex.ts';

const isTag = ({ name }: Command): boolean => name === 'tag' || name === 'tag*';

/** `\tag{3}` as MathML: (3). */
function tagMathml({ name, argument = '' }: Command, settings: KatexOptions): ElementContent[] {
  const tex = name === 'tag' ? `\\text{(${argument})}` : `\\text{${argument}}`;
  const html = katex.renderToString(tex, { ...settings, output: 'mathml' });
  let content: ElementContent[] = [];
  visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, children }) => {
    if (tagName === 'semantics') content = children.slice(0, 1) as ElementContent[];
  });
  return content;
}

/** Space before a number: the columns of `align` have none between them. */
const space: Element = { type: 'element', tagName: 'mspace', properties: { width: '2em' }, children: [] };

/**
 * Fills the cells for line numbers in the MathML of `tex`, and drops the cells that would centre the numbered lines
 * only, which push these out of the columns of the others.
 */
export function fillTags(mathml: Element, tex: string, settings: KatexOptions): void {
  const tags = commands(tex).filter(isTag);
  const is = (node: ElementContent, name: string) =>
    node.type === 'element' && String(node.properties.className).includes(name);
  visit(mathml, 'element', (row) => {
    if (row.tagName !== 'mtr') return;
    row.children = row.children.filter((cell) => !is(cell, 'mtr-glue'));
    for (const cell of row.children) {
      if (cell.type !== 'element' || !is(cell, 'mml-eqn-num')) continue;
      const tag = tags.shift();
      cell.properties = {};
      cell.children = tag ? [space, ...tagMathml(tag, settings)] : [];
    }
  });
}
