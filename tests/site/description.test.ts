/** The description of a post that gives none: the text of its first paragraph, with markup, formulas and values resolved. */
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/lab/results/index.ts';
import { valueText } from '../../src/site/components/show-number.ts';
import { page } from './checks/post.ts';

const summary = async (source: string) => (await page(source)).frontmatter.summary;
const lines = (...parts: readonly string[]) => parts.join('\n');

describe('the first paragraph', () => {
  test.each([
    [lines('The loss is', '$$', 'L = 1 \\label{loss}', '$$', 'where $L$ is it.'), 'The loss is L=1 where L is it.'],
    [
      lines('The loss is', '\\[ L \\]', 'and then', '$$', 'M', '$$', 'ends. More.'),
      'The loss is L and then M ends. More.',
    ],
    [lines('The loss is', '', '$$', 'L', '$$', '', 'where it is.'), 'The loss is L where it is.'],
    [lines('We have:', '$$', 'L.', '$$', 'The net is.'), 'We have: L.'],
    [lines('With', '$$', '\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}', '$$', 'it is.'), 'With … it is.'],
    [lines('First is done.', '$$', 'L', '$$', 'where it is.'), 'First is done.'],
    [lines('$$', 'L', '$$', 'is the loss.'), 'L is the loss.'],
    [lines('$$', 'L', '$$', 'Words.'), 'Words.'],
  ])('goes on through displayed formulas: %j', async (source, expected) => {
    expect(await summary(source)).toBe(expected);
  });

  test.each([
    ['$1/\\sqrt n$, $\\frac{a}{b}$ and $x^2$ stay.', '1/√n, a/b and x² stay.'],
    ['![A cat](/favicon.svg) Words.', 'Words.'],
    ['[![badge](/favicon.svg)](/claims/) ![badge](/favicon.svg)\n\nWords.', 'Words.'],
    ['Press ![Enter](/favicon.svg) now.', 'Press Enter now.'],
    ['[A link](/claims/) begins.', 'A link begins.'],
    ['A note[^1] here.\n\n[^1]: The note.', 'A note here.'],
    ['<b>Bold</b>, <kbd>Ctrl</kbd>.<br />Then{/* no */} go.', 'Bold, Ctrl. Then go.'],
    ['🚀\n\nWords 🚀.', 'Words 🚀.'],
    ['<Claim of="a.b" equals={0}>They stay.</Claim> So.', 'They stay. So.'],
  ])('reads as words: %j', async (source, expected) => {
    expect(await summary(source)).toBe(expected);
  });

  test('has a placeholder for each value, since only the page knows the number', async () => {
    const { summary, summaryValues } = (await page('It is <Value of="a.b" format=".1f" /> or <Value of="a.c" />.'))
      .frontmatter;
    expect(summary).toBe('It is \ufdd2 or \ufdd2.');
    expect(summaryValues).toMatchObject([{ of: 'a.b', format: '.1f' }, { of: 'a.c' }]);
  });
});

test('a value in it is the number that the page shows', () => {
  const interval = { value: 0.5, low: 0.25, high: 0.75, level: 0.95, n: 4 };
  const results = [{ name: 'a', measures: { b: 2.5e-10, c: interval } }] as unknown as Results;
  expect(valueText(results, { of: 'a.b' })).toBe('2.50 × 10⁻¹⁰');
  expect(valueText(results, { of: 'a.c', interval: 'true', format: '.2f', unit: 's' })).toBe(
    '0.50\u00a0±\u00a00.25\u00a0s',
  );
  expect(() => valueText(results, { of: 'a.d' })).toThrow('a.d');
});
