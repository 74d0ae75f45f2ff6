/** The first step of `npm run build`: whatever fails then, a site that a killed build has taken away is there again. */
import { resolve } from 'node:path';
import { messageOf } from '../lab/errors.ts';
import { mendFolder } from './replace-folder.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  mendFolder(resolve('dist'), say);
} catch (error) {
  say(messageOf(error));
  process.exitCode = 1;
}
