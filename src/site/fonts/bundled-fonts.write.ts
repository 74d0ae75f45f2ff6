/** Writes `files/`; run `node src/site/fonts/bundled-fonts.write.ts` after changing characters or weights. */
import { writeFile } from 'node:fs/promises';
import { bundledFontFiles, subsetBundled } from './bundled-fonts.ts';

for (const font of bundledFontFiles) {
  await writeFile(new URL(`./files/${font.file}`, import.meta.url), await subsetBundled(font));
}
