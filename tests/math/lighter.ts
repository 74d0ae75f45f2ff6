/** Formulas as KaTeX's HTML and simplified. */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import katex from 'katex';
import { visit } from 'unist-util-visit';
import { expect } from 'vitest';
import { katexSettings } from '../../src/math/index.ts';
import { simplifyKatexHtml } from '../../src/math/simplify-katex-html.ts';

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
