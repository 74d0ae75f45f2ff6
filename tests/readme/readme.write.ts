/** Writes the README's figure and the output of its example: `node tests/readme/readme.write.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examples, figure, repository } from './readme.ts';

for (const scheme of ['light', 'dark'] as const)
  writeFileSync(join(repository, `.github/figure-${scheme}.svg`), await figure(scheme));
const file = join(repository, 'README.md');
let text = readFileSync(file, 'utf8');
for (const [name, block] of Object.entries(await examples()))
  text = text.replace(new RegExp(`(?<=<!-- example: ${name} -->\\n)[\\s\\S]*?(?=\\n<!-- /example -->)`), () => block);
writeFileSync(file, text);
