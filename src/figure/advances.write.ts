/** Writes the advance widths of the figure font: `node src/figure/advances.write.ts`, after the font or its characters changed. */
import { writeFileSync } from 'node:fs';
import { advanceWidths, characters, readFont } from './font.ts';

const table = { 400: advanceWidths(readFont(400), characters), 600: advanceWidths(readFont(600), characters) };
writeFileSync(new URL('advances.json', import.meta.url), `${JSON.stringify(table)}\n`);
