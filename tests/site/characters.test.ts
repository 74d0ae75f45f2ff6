/** Fonts are cut to what pages draw: every character counts for the font that KaTeX's style sheet gives it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fromHtml } from 'hast-util-from-html';
import katex from 'katex';
import { expect, test } from 'vitest';
import { characterCollector, katexRules } from '../../src/site/used-characters.ts';

const css = readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.css'), 'utf8');

function used(html: string) {
  const { text, math, add } = characterCollector(katexRules(css));
  add(fromHtml(html, { fragment: true }));
  const word = (set: Set<string> | undefined) =>
    [...(set ?? [])]
      .filter((c) => c.trim() && c !== '\u200b')
      .sort()
      .join('');
  return {
    text: word(text),
    of: (family: string) => word(math.get(family)?.all),
    styled: (family: string) => word(math.get(family)?.styled),
  };
}
const formula = (tex: string) => used(katex.renderToString(tex, { displayMode: true, output: 'html' }));

test.each([
  ['x + 1', 'Math', 'x'],
  ['x + 1', 'Main', '+1'],
  ['\\mathbb{E}', 'AMS', 'E'],
  ['\\mathcal{S}', 'Caligraphic', 'S'],
  ['A^\\mathsf{T}', 'SansSerif', 'T'],
  ['\\sum', 'Size2', '∑'],
  ['\\textstyle\\sum', 'Size1', '∑'],
  ['\\Bigl(', 'Size2', '('],
  ['\\left(\\frac{\\frac{a}{b}}{\\frac{c}{d}}\\right)', 'Size3', '()'],
  ['\\mathtt{run}', 'Typewriter', 'nru'],
])('%s draws from %s: %s', (tex, family, characters) => {
  expect(formula(tex).of(family)).toBe(characters);
});

test('bold and slanted letters count for their own files, upright ones do not', () => {
  expect(formula('\\mathbf{b} + \\mathrm{r}').styled('Main')).toBe('b');
  expect(formula('\\text{r \\textit{i}}').styled('Main')).toBe('i');
});

test('formulas do not count as text, nor text as formulas', () => {
  const { text, of } = used(
    `<p>ab <span class="katex"><span class="katex-html"><span class="mathnormal">z</span></span></span></p>`,
  );
  expect([text, of('Math'), of('Main')]).toEqual(['ab', 'z', '']);
});
