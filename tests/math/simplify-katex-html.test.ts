/** KaTeX's simplified HTML has fewer elements and looks the same: every glyph and rule stays where it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { toHtml } from 'hast-util-to-html';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../helpers/chromium.ts';
import { both, expectLighter } from './lighter.ts';

/** TeX constructs for which KaTeX writes different boxes. */
const constructs = String.raw`
x ¦ 2^{10} ¦ a + b = c ¦ x^2 ¦ x_i ¦ x_i^2 ¦ \Theta^{(l)}_{ij} ¦ e^{x^{y^z}} ¦ a_{b_{c_d}} ¦ f''(x) ¦ e^{-\frac{x^2}{2}} ¦ x_{\text{max}}
\frac12 ¦ \frac{a+b}{\sqrt{c}} ¦ \tfrac{1}{\sqrt n} ¦ \binom nk ¦ \sqrt[3]{\frac{x}{y}} ¦ \sqrt{1+\sqrt{1+\sqrt{x}}}
\sum_{i=1}^n x_i ¦ \textstyle\sum_{i=1}^n x_i ¦ \prod\limits_{k}a_k ¦ \int_0^1 f\,dx ¦ \bigoplus_{i}^{n} ¦ \lim_{n\to\infty} ¦ \operatorname*{arg\,max}_x f ¦ \sum_{\substack{i<j\\k}}
\left(\frac{a}{b}\right)^{2} ¦ \left.\frac{a}{b}\right|_{x=0}^{1} ¦ \Bigl(x\Bigr) ¦ \biggl[\frac ab\biggr] ¦ \|x\|_2 ¦ \left\{\begin{matrix}a\\b\\c\\d\\e\end{matrix}\right.
\begin{pmatrix}a&b\\c&d\end{pmatrix} ¦ \begin{cases}1&x>0\\0&\text{otherwise}\end{cases} ¦ \begin{aligned}a&=b+c\\&=\frac{d}{e}\end{aligned} ¦ \begin{array}{c|c}a&b\\\hline c&d\end{array}
\hat x ¦ \widehat{abc} ¦ \vec v ¦ \bar{x}_i^2 ¦ \overline{ab} ¦ \underline{ab} ¦ \underbrace{a+b}_{n} ¦ \overbrace{a+b}^{n} ¦ \xrightarrow[under]{over} ¦ \overset{a}{b}\underset{c}{d} ¦ \not= ¦ \cancel{x} ¦ \boxed{x^2}
\mathbb{E}[X] ¦ \mathcal{N}(0,1) ¦ \boldsymbol{\theta} ¦ \textbf{bold} \textit{slanted} ¦ \text{a $x_i^2$ b} ¦ \color{red}{x}+y ¦ {\Large x} y {\tiny z} ¦ x^{\Large 2}\;y
a\quad b\;c\!d\ e ¦ \nabla_{\!\Theta}J ¦ \phantom{x}y ¦ \smash{y^2}x ¦ \llap{x}y ¦ \rlap{x}y ¦ \mathclap{ab}c ¦ \raisebox{1em}{x} ¦ \rule{1em}{2em} ¦ \vcenter{\frac ab} ¦ x=y \tag{3}
x_{i\neq j} ¦ \sum_{j\neq i} x_j ¦ x_{a\notin B} ¦ x_{\mathclap{abc}} ¦ x_{\llap{a}} ¦ x^{\rlap{a}} ¦ \cancel{xy} + z ¦ \bcancel{ab}\,c ¦ \xcancel{abc}\quad d ¦ \angl{n}\;x
x^{\displaystyle\sum_i^n a} ¦ x^{\displaystyle\max_i a} ¦ x^{\bigl(} ¦ \begin{CD}A@>a>>B\\@VVbV@AAcA\\C@=D\end{CD} ¦ \colorbox{red}{x}\,y ¦ \fcolorbox{red}{blue}{x} ¦ \genfrac[]{0pt}{1}{a}{b}\;c ¦ \cfrac{a}{1+\cfrac{b}{c}} ¦ a\\b
`
  .split(/\n|¦/)
  .map((tex) => tex.trim())
  .filter(Boolean);

test('no formula loses a letter or gains an element, and together they lose a third', () => {
  expect(expectLighter(constructs)).toBeLessThan(2 / 3);
});

/** The boxes of the element `id` and of its glyphs, rules and drawings; glyphs behind a background are `hidden`. */
function marks(id: string): { name: string; place: number[] }[] {
  const element = document.getElementById(id)!;
  const hides = element.querySelector('.stretchy') !== null;
  if (hides) element.scrollIntoView({ block: 'center' });
  const corner = element.getBoundingClientRect();
  const from = (name: string, { x, y, width, height }: DOMRect) => ({
    name,
    place: [x - corner.x, y - corner.y, width, height],
  });
  const found = [from('all', corner)];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const [i, letter] of [...node.nodeValue!].entries()) {
      if (letter === '\u200b') continue;
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      const top = hides && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const isHidden = top && !top.contains(node) && getComputedStyle(top).backgroundColor !== 'rgba(0, 0, 0, 0)';
      found.push(from(isHidden ? `hidden ${letter}` : letter, box));
    }
  }
  for (const rule of element.querySelectorAll(
    'svg, .frac-line, .overline-line, .underline-line, .hline, .rule, .boxpad',
  ))
    found.push(from(rule.tagName, rule.getBoundingClientRect()));
  return found;
}

describe.runIf(hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('every glyph and rule stands where KaTeX puts it, to a tenth of a pixel', async () => {
    const sheet = createRequire(import.meta.url).resolve('katex/dist/katex.css');
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.goto(pathToFileURL(sheet).href);
    const formulas = both(constructs);
    const sections = formulas.map(
      ({ plain, light }, i) => `<p id="plain${i}">A ${toHtml(plain)} b</p><p id="light${i}">A ${toHtml(light)} b</p>`,
    );
    const own = readFileSync('src/site/styles/math.css', 'utf8');
    await page.evaluate(
      ([href, css, body]) => {
        document.head.innerHTML = `<link rel="stylesheet" href="${href}"><style>body { font: 17px/1.55 serif } ${css}</style>`;
        document.body.innerHTML = body!;
        return new Promise((loaded) => document.querySelector('link')!.addEventListener('load', loaded));
      },
      [pathToFileURL(sheet).href, own, sections.join('')],
    );
    await page.evaluate(() => document.fonts.ready);
    const moved: string[] = [];
    for (const [i, { tex }] of formulas.entries()) {
      const [plain, light] = [await page.evaluate(marks, `plain${i}`), await page.evaluate(marks, `light${i}`)];
      expect(
        light.map(({ name }) => name),
        tex,
      ).toEqual(plain.map(({ name }) => name));
      for (const [j, { name, place }] of plain.entries())
        if (place.some((value, k) => Math.abs(value - light[j]!.place[k]!) > 0.1))
          moved.push(`${name} of ${tex}: ${place} became ${light[j]!.place}`);
    }
    expect(moved).toEqual([]);
    await page.close();
  });
});
