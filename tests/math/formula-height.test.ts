/** The box of a formula has the same height whether a browser lays out the formula or not. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Root } from 'hast';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formulaHeight, heightStyle } from '../../src/math/formula-height.ts';
import { texToHtml } from '../../src/math/render.ts';
import { hasBrowser, launch } from '../helpers/chromium.ts';
import { constructs } from './lighter.ts';
import { html } from './pipeline.ts';

const formulas = [
  ...constructs,
  String.raw`\Huge x`,
  String.raw`\text{\Huge big}`,
  String.raw`x_{\Large 2}`,
  String.raw`\text{日本語}`,
  String.raw`\begin{bmatrix}1\\2\\3\\4\\5\\6\\7\\8\\9\end{bmatrix}`,
  String.raw`\overbrace{\underbrace{a}_{b_{c_d}}}^{e^{f^{g^h}}}`,
];

/** A line of a derivation as Derivation.astro writes it. */
function line(tex: string): string {
  let style: string | undefined;
  const read = (tree: Root) => {
    style = heightStyle(formulaHeight(tree, 'text'));
  };
  const formula = texToHtml(`\\displaystyle ${tex}`, { read });
  return `<div class="derivation-line equation"${style ? ` style="${style}"` : ''}>${formula}</div>`;
}

describe.runIf(hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each([
    ['displayed', async (tex: string) => html(`$$\n${tex}\n$$`)],
    ['in a derivation', async (tex: string) => (/\\tag|\{(?:align|CD)/.test(tex) ? '' : line(tex))],
  ])('formulas %s', async (_, write) => {
    const sheet = pathToFileURL(createRequire(import.meta.url).resolve('katex/dist/katex.css')).href;
    const css = ['math', 'derivation'].map((name) => readFileSync(`src/site/styles/${name}.css`, 'utf8')).join('');
    const body = (await Promise.all(formulas.map(write))).join('');
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1.25 });
    await page.goto(sheet);
    const differences = await page.evaluate(
      async ([href, style, content]) => {
        document.documentElement.innerHTML = `<head><link rel="stylesheet" href="${href}"><style>body { font: 20px/1.6 serif } ${style}</style></head><body>${content}</body>`;
        await new Promise((done) => document.querySelector('link')!.addEventListener('load', done));
        await Promise.all([...document.fonts].map((font) => font.load()));
        const boxes = [...document.querySelectorAll<HTMLElement>('.equation[style]')];
        const heights = () => boxes.map((box) => box.getBoundingClientRect().height);
        const laidOut = heights();
        for (const box of boxes) box.style.contentVisibility = 'hidden';
        const skipped = heights();
        return [
          boxes.length,
          boxes.filter((__, i) => laidOut[i] !== skipped[i]).map((box) => box.textContent),
        ] as const;
      },
      [sheet, css, body] as const,
    );
    expect(differences[0]).toBeGreaterThan(60);
    expect(differences[1]).toEqual([]);
    await page.close();
  });
});
