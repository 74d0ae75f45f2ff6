/** A formula and the punctuation around it stay on one line. */
import { expect, test } from 'vitest';
import { html } from './pipeline.ts';

test.each([
  ['$x$, y', 'x, y'],
  ['a ($x$), b', 'a (x), b'],
  ['$x$ y', 'x y'],
  ['**$x$**.', 'x.'],
])('%s keeps its characters', async (source, text) => {
  const visible = (await html(source))
    .replace(/<span class="katex-html".*?<\/span><\/span><\/span>/g, '')
    .replace(/<annotation.*?<\/annotation>/g, '');
  expect(visible.replace(/<[^>]*>/g, '')).toBe(text);
});

test('punctuation joins a short formula; words and long formulas stay apart', async () => {
  expect(await html('$a = b + c + d$.')).not.toContain('unbroken');
  expect(await html('($x$), b')).toMatch(
    /<p><span class="unbroken">\(<span class="katex">.*<\/span>\),<\/span> b<\/p>/,
  );
  expect(await html('$x$ b')).not.toContain('unbroken');
});
