/** Writes public/fonts: `node src/styles/fonts.write.ts`, after the characters or weights changed. */
import { writeFile } from 'node:fs/promises';
import { cut, fonts } from './fonts.ts';

for (const font of fonts) {
  await writeFile(new URL(`../../public/fonts/${font.file}`, import.meta.url), await cut(font));
}
