/** First step of `npm run build`: restores `dist/` if an earlier build was killed while replacing it. */
import { resolve } from 'node:path';
import { messageOf } from '../../lab/errors.ts';
import { restoreDirectory } from './swap-directory.ts';

const print = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  restoreDirectory(resolve('dist'), print);
} catch (error) {
  print(messageOf(error));
  process.exitCode = 1;
}
