/** Purging unused CSS from a page leaves its text unchanged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { subsetFonts } from '../../src/site/fonts/subset-fonts.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('<style> in the text of a page is unchanged', async () => {
  const head = '<meta name="description" content="What a <style> does, and </style>">';
  const page = (css: string) =>
    `<html><head>${head}<style>${css}</style><style>p{c:d}</style></head><body><p>An empty &lt;style></p></body></html>`;
  const dist = temporaryFolder({ 'index.html': page('p{a:b}.katex .nowhere{e:f}@media (width<600px){p{g:h}}') });
  await subsetFonts(dist);
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).toBe(page('p{a:b}@media (width<600px){p{g:h}}'));
});
