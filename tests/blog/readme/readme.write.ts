/** Writes the README's figure and the output of its example: `node tests/blog/readme/readme.write.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../helpers/files.ts';
import { writeMarked } from '../../helpers/marks.ts';
import { examples, figure } from './readme.ts';

for (const scheme of ['light', 'dark'] as const)
  writeFileSync(join(repository, `.github/figure-${scheme}.svg`), await figure(scheme));
for (const [name, block] of Object.entries(await examples()))
  writeMarked(join(repository, 'README.md'), `example: ${name}`, block);
