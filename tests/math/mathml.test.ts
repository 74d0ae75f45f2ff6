/** The MathML of formulas is valid: elements with a fixed number of children have just these. */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { texToHtml } from '../../src/math/index.ts';
import { html } from './pipeline.ts';

const childCount: Record<string, number> = {
  msub: 2,
  msup: 2,
  msubsup: 3,
  munder: 2,
  mover: 2,
  munderover: 3,
  mfrac: 2,
  mroot: 2,
};

/** The elements of a formula whose number of children is wrong. */
function invalidElements(tree: Root): string[] {
  const found: string[] = [];
  visit(tree, 'element', (element) => {
    const expected = childCount[element.tagName];
    if (expected !== undefined && element.children.length !== expected) found.push(toHtml(element));
  });
  return found;
}

const parsed = (source: string): Root => fromHtml(source, { fragment: true });

describe.each([
  '\\mu_{\\min}',
  'x^{\\log}',
  'a_{\\max}^{\\min}',
  '\\sum_{\\max}^{\\min} x',
  '\\frac{\\sin}{\\operatorname{Var}}',
  '\\sqrt[\\log]{\\exp}',
  'x_{\\operatorname{diag}}',
  '\\lim_{\\max} x',
  '\\overset{\\min}{=}',
  '\\underbrace{x}_{\\min}',
  '\\hat{\\min}',
])('%s', (tex) => {
  test('has the arguments of its elements', () => {
    expect(invalidElements(parsed(texToHtml(tex)))).toEqual([]);
  });
});

test('a name that is a subscript is the second argument', () => {
  expect(texToHtml('\\mu_{\\min}')).toContain('<msub><mi>μ</mi><mi>min</mi></msub>');
});

test('a function that is applied keeps its application', () => {
  expect(texToHtml('x_{\\max f}')).toContain('<mi>max</mi><mo>\u2061</mo>');
});

test('cells of numbered formulas have their width by style', async () => {
  const page = await html('$$\nx \\label{a}\n$$\n');
  expect(page).not.toMatch(/<mtd[^>]* width=/);
  expect(page).toMatch(/<mtd[^>]* style="width:50%"/);
});
