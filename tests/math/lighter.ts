/** Formulas as KaTeX's HTML and simplified. */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import katex from 'katex';
import { visit } from 'unist-util-visit';
import { expect } from 'vitest';
import { katexSettings } from '../../src/math/index.ts';
import { simplifyKatexHtml } from '../../src/math/simplify-katex-html.ts';

/** TeX constructs for which KaTeX writes different boxes. */
export const constructs = String.raw`
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

/** Each formula inline and displayed, as KaTeX's HTML and simplified. */
export const both = (formulas: readonly string[], macros: Readonly<Record<string, string>> = {}) =>
  [...new Set(formulas)].flatMap((tex) =>
    [false, true]
      .filter((displayMode) => displayMode || !/\\tag|\{(align|CD)/.test(tex))
      .map((displayMode) => {
        const html = katex.renderToString(tex, {
          ...katexSettings({ macros }),
          displayMode,
          output: 'html',
        });
        const plain = fromHtml(html, { fragment: true });
        const light = structuredClone(plain);
        visit(light, 'element', (element) => {
          if (String(element.properties.className) === 'katex-html') simplifyKatexHtml(element);
        });
        return { tex, displayMode, plain, light };
      }),
  );

const count = (tree: Root): number => {
  let elements = 0;
  visit(tree, 'element', () => void elements++);
  return elements;
};
const letters = (tree: Root): string => plainText(tree).replaceAll('\u200b', '');

/** Expects that no formula loses a letter or gains an element. Returns the share of elements that stay. */
export function expectLighter(formulas: readonly string[], macros?: Readonly<Record<string, string>>): number {
  const all = both(formulas, macros);
  for (const { tex, plain, light } of all) {
    expect(letters(light), tex).toBe(letters(plain));
    expect(count(light), tex).toBeLessThanOrEqual(count(plain));
  }
  const total = (side: 'plain' | 'light') => all.reduce((sum, formula) => sum + count(formula[side]), 0);
  return total('light') / total('plain');
}
