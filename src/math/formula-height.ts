/**
 * How high a displayed formula is, from KaTeX's struts: with it browsers know the size of a formula's box without a look
 * inside, and lay out what is off the screen when a reader comes near (off-screen.css).
 */
import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { classesOf, em, has, styleOf } from './simplify-katex-html.ts';

/**
 * What letters alone take of a line above and below its baseline, in em of KaTeX's font: at least that of any browser,
 * which may round to pixels. On `text`, a line of prose, the prose's own height counts as well.
 */
const letters = { display: { above: 0.97, below: 0.38 }, text: { above: 1.115, below: 0.45 } };

/** Whether letters are larger than the formula's, as after `\Large`: their lines are higher than the struts say. */
const isEnlarged = (element: Element): boolean =>
  has(element, 'sizing') && classesOf(element).some((name) => /^size([789]|1\d)$/.test(name));

/**
 * The height in em of KaTeX's font that the line of a formula needs, before its HTML is simplified; undefined for several
 * formulas, for enlarged letters, and for lines broken at a width, whose height depends on the page's.
 */
export function formulaHeight(tree: Root | Element, line: keyof typeof letters): number | undefined {
  const formulas: Element[] = [];
  let enlarged = false;
  visit(tree, 'element', (element) => {
    if (has(element, 'katex-html')) formulas.push(element);
    enlarged ||= isEnlarged(element);
  });
  const [formula, ...others] = formulas;
  if (!formula || others.length > 0 || enlarged) return undefined;
  const boxes = formula.children.filter((child) => child.type === 'element');
  if (boxes.some((box) => has(box, 'newline'))) return undefined;
  let { above, below } = letters[line];
  for (const box of boxes)
    for (const strut of box.children) {
      if (strut.type !== 'element' || !has(strut, 'strut')) continue;
      const style = styleOf(strut);
      const depth = -em(style, 'vertical-align');
      above = Math.max(above, em(style, 'height') - depth);
      below = Math.max(below, depth);
    }
  // Lengths in browsers are multiples of 1/64 pixel.
  return Number((above + below + 0.003).toFixed(3));
}

/** The style of the box around a formula of that height. */
export const heightStyle = (height: number | undefined): string | undefined =>
  height === undefined ? undefined : `--height:${height}`;

/** Gives the boxes of displayed formulas their heights. */
export function setHeights(tree: Root): void {
  visit(tree, 'element', (box) => {
    if (!has(box, 'equation')) return;
    const style = heightStyle(formulaHeight(box, 'display'));
    if (style) box.properties.style = style;
  });
}
