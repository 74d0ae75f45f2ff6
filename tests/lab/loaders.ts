/** Runs `npm run data` in temporary projects, for tests. */
import { makeDataFiles } from '../../src/lab/cli/data.ts';

/** Runs the command in the project at `root`: whether all went well, and the lines that it printed. */
export async function makeData(root: string, ...args: readonly string[]): Promise<{ good: boolean; said: string }> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const good = await makeDataFiles(args, { root, print, printError: print, stop: new AbortController().signal });
  return { good, said: lines.join('\n') };
}
