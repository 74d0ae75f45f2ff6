/** KaTeX's simplified HTML has fewer elements and looks the same: every glyph and rule stays where it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { toHtml } from 'hast-util-to-html';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../helpers/chromium.ts';
import { both, constructs, expectLighter } from './lighter.ts';

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
