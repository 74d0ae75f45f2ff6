/** Purging unused CSS from a page leaves its text unchanged. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { subsetFonts } from '../../src/site/fonts/subset-fonts.ts';

test('<style> in the text of a page is unchanged', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'cut-fonts-'));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  const head = '<meta name="description" content="What a <style> does, and </style>">';
  const page = (css: string) =>
    `<html><head>${head}<style>${css}</style><style>p{c:d}</style></head><body><p>An empty &lt;style></p></body></html>`;
  writeFileSync(join(dist, 'index.html'), page('p{a:b}.katex .nowhere{e:f}@media (width<600px){p{g:h}}'));
  await subsetFonts(dist);
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).toBe(page('p{a:b}@media (width<600px){p{g:h}}'));
});
