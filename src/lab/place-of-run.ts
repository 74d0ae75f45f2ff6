/** Where `run` stands: as near as the lab gets to a failure that leaves no stack, such as a time-out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOf } from './cut.ts';
import { parse, SyntaxProblem } from './syntax.ts';

/** `run (experiments/x.ts:9:3)`; the file alone if it was edited meanwhile and has no `run` now. */
export async function placeOfRun(root: string, file: string): Promise<string> {
  try {
    const source = await readFile(join(root, file), 'utf8');
    const run = runOf(parse(source));
    if (run === undefined) return file;
    const before = source.slice(0, run.start).split('\n');
    return `run (${file}:${before.length}:${before.at(-1)!.length + 1})`;
  } catch (error) {
    if (error instanceof SyntaxProblem || (error as NodeJS.ErrnoException).code === 'ENOENT') return file;
    throw error;
  }
}
