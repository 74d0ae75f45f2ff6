/** Collecting the characters of each font for subsetting: KaTeX's style sheet decides which font a character is drawn with. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fromHtml } from 'hast-util-from-html';
import katex from 'katex';
import { expect, test } from 'vitest';
import {
  createGlyphCollector,
  createGlyphReader,
  katexFaceFor,
  katexRules,
  mergeUses,
  otherFontSelectors,
} from '../../src/site/fonts/collect-glyphs.ts';
import { styleRules } from '../../src/site/fonts/font-faces.ts';
import { purgeKatexCss } from '../../src/site/fonts/purge-katex-css.ts';

const katexStyles = styleRules(readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.css'), 'utf8'));

function used(html: string) {
  const { text, italic, math, add } = createGlyphCollector(katexRules(katexStyles));
  add(fromHtml(html, { fragment: true }));
  const word = (set: Set<string> | undefined) =>
    [...(set ?? [])]
      .filter((c) => c.trim() && c !== '\u200b')
      .sort()
      .join('');
  return {
    text: word(text),
    italic: word(italic),
    of: (face: string) => word(math.get(face)),
  };
}
const formula = (tex: string) => used(katex.renderToString(tex, { displayMode: true, output: 'html' }));

test.each([
  ['x + 1', 'Math-Italic', 'x'],
  ['x + 1', 'Main-Regular', '+1'],
  ['\\mathbb{E}', 'AMS-Regular', 'E'],
  ['\\mathcal{S}', 'Caligraphic-Regular', 'S'],
  ['A^\\mathsf{T}', 'SansSerif-Regular', 'T'],
  ['\\sum', 'Size2-Regular', '∑'],
  ['\\textstyle\\sum', 'Size1-Regular', '∑'],
  ['\\Bigl(', 'Size2-Regular', '('],
  ['\\left(\\frac{\\frac{a}{b}}{\\frac{c}{d}}\\right)', 'Size3-Regular', '()'],
  ['\\mathtt{run}', 'Typewriter-Regular', 'nru'],
  ['\\mathbf{b} + \\mathrm{r}', 'Main-Bold', 'b'],
  ['\\boldsymbol{\\theta} + x', 'Math-BoldItalic', 'θ'],
  ['\\text{r \\textit{i}}', 'Main-Italic', 'i'],
  ['\\text{r \\textit{i \\textbf{b}}}', 'Main-BoldItalic', 'b'],
  ['\\textbf{b $x$}', 'Main-Bold', 'b'],
])('%s asks of %s: %s', (tex, face, characters) => {
  expect(formula(tex).of(face)).toBe(characters);
});

test.each([
  ['Main-Bold', ['Main-Regular', 'Main-Bold', 'Main-BoldItalic'], 'Main-Bold'],
  ['AMS-Bold', ['AMS-Regular', 'Main-Bold'], 'AMS-Regular'],
  ['Math-Regular', ['Main-Regular', 'Math-BoldItalic', 'Math-Italic'], 'Math-Italic'],
  ['Main-BoldItalic', ['Main-Bold', 'Main-Italic'], 'Main-Italic'],
  ['Fraktur-Regular', ['Main-Regular'], undefined],
])('%s is drawn, of %s, by %s', (asked, faces, face) => {
  expect(katexFaceFor(asked, faces)).toBe(face);
});

test('formulas do not count as text, nor text as formulas', () => {
  const { text, of } = used(
    `<p>ab <span class="katex"><span class="katex-html"><span class="mathnormal">z</span></span></span></p>`,
  );
  expect([text, of('Math-Italic'), of('Main-Regular')]).toEqual(['ab', 'z', '']);
});

test('letters in slanted elements count for the italic file', () => {
  const { text, italic } = used('<p>ab <em>c<b>d</b></em> <cite>e</cite></p>');
  expect([text, italic]).toEqual(['abcde', 'cde']);
});

const sheet =
  'body{font:1rem var(--font-text)}figcaption,.label{font:600 1rem/1.4 var(--font-figure)}code{font-family:var(--font-code)}' +
  '.a .b{font-family:var(--font-figure)}td{color:red}';

test('letters of figures and of code do not count for the font of running text', () => {
  const { text, running, add } = createGlyphCollector([], otherFontSelectors(styleRules(sheet)));
  add(
    fromHtml(
      '<p>a<code>b</code></p><figure><svg font-family="var(--font-figure, x)"><text>c</text></svg><p class="label">d</p><figcaption>e<i>f</i></figcaption></figure><p>g</p>',
    ),
  );
  expect([[...text].join(''), [...running].join('')]).toEqual(['abcdefg', 'ag']);
});

test('rules with one tag or class as selector count; none switches back to the font of running text', () => {
  expect(otherFontSelectors(styleRules(sheet))).toEqual(['figcaption', '.label', 'code']);
  expect(otherFontSelectors(styleRules(`${sheet}td em{font-family:var(--font-text)}`))).toEqual([]);
});

test('closed details do not count for what a page shows at first; summaries and open ones do', () => {
  const html =
    'A<details open><summary>b</summary>c</details>D<details><summary>e</summary>f<details>g</details>h</details>I';
  const { text, add } = createGlyphCollector([], [], false);
  add(fromHtml(html, { fragment: true }));
  expect([...text].join('')).toBe('AbcDeI');
});

test('rules of the style sheet for classes and fonts that no page uses are removed, all others stay', () => {
  const sheet =
    '@font-face{font-family:KaTeX_AMS;src:url(/a/KaTeX_AMS-Regular.1.woff2)}@font-face{font-family:KaTeX_Main;src:url(/a/KaTeX_Main-Regular.2.woff2)}' +
    '.katex .mord,.katex .fbox{a:b}.katex .sout{c:d}.katex .accent:not(.full){e:f}@media print{.katex .fbox{g:h}.fbox{i:j}}';
  expect(purgeKatexCss(sheet, new Set(['katex', 'mord', 'accent']), ['KaTeX_AMS-Regular.1.woff2'])).toBe(
    '@font-face{font-family:KaTeX_Main;src:url(/a/KaTeX_Main-Regular.2.woff2)}' +
      '.katex .mord{a:b}.katex .accent:not(.full){e:f}@media print{.fbox{i:j}}',
  );
});

test('a page with drawings has the same characters as its whole tree', () => {
  const svg = (words: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" class="drawing"><g class="${words}"><text>${words}</text></g></svg>`;
  const html = `<html><head></head><body><p class="p"><em>ab</em>${svg('cd')}${svg('ef')}${svg('cd')}gh</p></body></html>`;
  const whole = createGlyphCollector([]);
  whole.add(fromHtml(html));
  const parts = mergeUses([createGlyphReader([])(html)[0]]);
  for (const kind of ['text', 'running', 'italic', 'classes'] as const)
    expect([...parts[kind]].sort()).toEqual([...whole[kind]].sort());
  expect([...parts.text].sort().join('')).toBe('abcdefgh');
});
