/** The committed fonts are those that the script cuts from the published ones. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cut, fonts } from '../../src/styles/fonts.ts';

test.each(fonts)('$file', async (font) => {
  const committed = await readFile(new URL(`../../public/fonts/${font.file}`, import.meta.url));
  expect((await cut(font)).equals(committed)).toBe(true);
});

test('each comes with its licence', async () => {
  for (const name of ['source-serif', 'source-sans']) {
    const licence = await readFile(new URL(`../../public/fonts/LICENSE-${name}.md`, import.meta.url), 'utf8');
    expect(licence).toContain('SIL OPEN FONT LICENSE');
  }
});
