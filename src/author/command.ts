/** The words after `npm run new --` and `npm run import --`, and what they set going. */
import { parseArgs } from 'node:util';
import { nearest } from '../lab/nearest.ts';
import { importPosts } from './jekyll/import.ts';
import { AuthorError, writeNewExperiment, writeNewPost } from './write-new.ts';

const usage = `usage: npm run new -- post "Title" [--name file-name]
       npm run new -- experiment name
       npm run import -- folder-or-file… [--force]`;

/** Where a command runs and speaks. */
export type Surroundings = {
  readonly root: string;
  /** Today as `2026-11-22`. */
  readonly today: string;
  readonly print: (line: string) => void;
};

const kinds = ['post', 'experiment'];

function parse(words: readonly string[]): { positionals: string[]; values: { name?: string; force?: boolean } } {
  try {
    const options = { name: { type: 'string' }, force: { type: 'boolean' } } as const;
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (error) {
    throw new AuthorError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

async function start(words: readonly string[], { root, today, print }: Surroundings): Promise<number> {
  const { positionals, values } = parse(words);
  const [kind = '', name, ...more] = positionals;
  if (!kinds.includes(kind)) {
    const close = nearest(kind, kinds);
    throw new AuthorError(
      `expected post or experiment, found ${kind || 'nothing'}${close ? `; did you mean ${close}?` : ''}\n${usage}`,
    );
  }
  if (name === undefined)
    throw new AuthorError(`expected a ${kind === 'post' ? 'title' : 'name'} after ${kind}\n${usage}`);
  if (more.length > 0) {
    throw new AuthorError(
      `expected one ${kind === 'post' ? 'title' : 'name'}, found ${1 + more.length}: put it in quotes, "${[name, ...more].join(' ')}"`,
    );
  }
  const written =
    kind === 'post' ? await writeNewPost(root, name, today, values.name) : await writeNewExperiment(root, name);
  for (const path of written) print(path);
  print(kind === 'post' ? 'Write it with npm run dev.' : `Run it with npm run experiments -- ${name}.`);
  return 0;
}

/** Runs a command; returns its exit code: 0 done, 1 not. */
export async function runCommand([command, ...words]: readonly string[], surroundings: Surroundings): Promise<number> {
  const { root, print } = surroundings;
  try {
    if (command === 'new') return await start(words, surroundings);
    if (command !== 'import') throw new AuthorError(usage);
    const { positionals, values } = parse(words);
    if (positionals.length === 0) throw new AuthorError(`expected folders or files of old posts\n${usage}`);
    return await importPosts({ root, from: positionals, force: values.force === true, print });
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    print(error.message);
    return 1;
  }
}
