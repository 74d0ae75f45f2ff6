/** A formula and the punctuation around it stay on one line. */
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { html } from './pipeline.ts';

test.each([
  ['$x$, y', 'x, y'],
  ['a ($x$), b', 'a (x), b'],
  ['$x$ y', 'x y'],
  ['**$x$**.', 'x.'],
])('%s keeps its characters', async (source, text) => {
  const tree = fromHtml(await html(source), { fragment: true });
  visit(tree, 'element', (element) => {
    if ([element.properties.className].flat().includes('katex-html')) element.children = [];
  });
  expect(plainText(tree)).toBe(text);
});

test('punctuation joins a short formula; words stay apart', async () => {
  expect(await html('($x$), b')).toMatch(
    /<p><span class="unbroken">\(<span class="katex">.*<\/span>\),<\/span> b<\/p>/,
  );
  expect(await html('$x$ b')).not.toContain('unbroken');
});

test('an apostrophe takes its letters along; a point within a number stays', async () => {
  expect(await html('$x$’s end')).toMatch(/<\/span>’s<\/span> end<\/p>$/);
  expect(await html('$x$.5')).toMatch(/<\/span>\.5<\/p>$/);
});

test('it is part of a long formula, which may break: seen in its outer pieces, and read', async () => {
  const page = await html('($a = b + c + d$). E');
  expect(page).not.toContain('unbroken');
  expect(page).toMatch(/<math[^>]*><mtext>\(<\/mtext><mi>a<\/mi>.*<mi>d<\/mi><mtext>\)\.<\/mtext><\/math>/);
  expect(page).toMatch(
    /<span class="base">\(<span class="mord mathnormal".*<span class="mord mathnormal">d<\/span>\)\.<\/span>/,
  );
  expect(page).toMatch(/<\/span> E<\/p>$/);
});
