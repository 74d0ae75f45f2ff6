/** Titles with formulas and code: rendered as HTML, and as plain text where HTML is not possible. */
import { describe, expect, test } from 'vitest';
import { titleHtml, titleText } from '../../src/site/posts/title.ts';

describe('as plain text', () => {
  test.each([
    ['The norm $\\|x\\|_2$ and `code`', 'The norm ∥x∥₂ and code'],
    ['$O(n^2)$ or $\\frac{a+b}{2}$?', 'O(n²) or (a+b)/2?'],
    ['Why $\\sqrt{n}$ and $x_{ij}^{(l)}$', 'Why √n and x_(ij)^(l)'],
    ['It costs $5 and $10', 'It costs $5 and $10'],
    ['Only \\$5 & <more>', 'Only $5 & <more>'],
  ])('%s', (title, expected) => {
    expect(titleText(title)).toBe(expected);
  });
});

test('as HTML, formulas are rendered and text is escaped', () => {
  const page = titleHtml('A < $x^2$ & `a<b>`');
  expect(page).toMatch(/^A &lt; <span class="katex">.*<\/span> &amp; <code>a&lt;b&gt;<\/code>$/s);
  expect(titleHtml('It costs $5 & "$10"')).toBe('It costs $5 &amp; &quot;$10&quot;');
});

test('TeX that cannot be set throws', () => {
  expect(() => titleHtml('On $\\nope$')).toThrow('Undefined control sequence: \\nope');
});
