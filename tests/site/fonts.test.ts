/** The package's fonts equal what the subsetting script makes of the published fonts. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bundledFontFiles, subsetBundled } from '../../src/site/fonts/bundled-fonts.ts';

test.each(bundledFontFiles)('$file', async (font) => {
  const committed = await readFile(new URL(`../../src/site/fonts/files/${font.file}`, import.meta.url));
  expect((await subsetBundled(font)).equals(committed)).toBe(true);
});

test('each comes with its licence', async () => {
  for (const name of ['source-serif', 'source-sans']) {
    const licence = await readFile(new URL(`../../src/site/fonts/files/LICENSE-${name}.md`, import.meta.url), 'utf8');
    expect(licence).toContain('SIL OPEN FONT LICENSE');
  }
});
