/** Parses and runs the commands `npm run new` and `npm run import`. */
import { parseArgs } from 'node:util';
import { importPosts } from '../import-jekyll/import.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { messageOf } from '../lab/errors.ts';
import { writeNewBlog } from './new-blog.ts';
import { newUsage as usage } from './usage.ts';
import { AuthorError, writeNewExperiment, writeNewPost } from './write-new.ts';

/** Everything outside that a command uses: the project's folder, the date and the output. */
export type CommandContext = {
  readonly root: string;
  /** Today as `2026-11-22`. */
  readonly today: string;
  readonly print: (line: string) => void;
};

/** What `new` begins, and what stands after it. */
const kinds: Readonly<Record<string, string>> = { post: 'title', experiment: 'name', blog: 'folder' };

/** The options of what is asked, `new post` or `import`. */
const optionsOf: Readonly<Record<string, readonly string[]>> = { post: ['name'], import: ['force', 'dry-run'] };

type Parsed = { positionals: string[]; values: { name?: string; force?: boolean; 'dry-run'?: boolean } };

/** Parses the arguments of `import`, or of `new` and what it begins. Throws AuthorError for options that this does not have. */
function parse(args: readonly string[], asked?: 'import'): Parsed {
  let parsed: Parsed;
  try {
    const options = { name: { type: 'string' }, force: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } as const;
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new AuthorError(`${messageOf(error)}\n${usage}`);
  }
  const what = asked ?? parsed.positionals[0] ?? 'post';
  const wrong = Object.keys(parsed.values).find((name) => !optionsOf[what]?.includes(name));
  if (wrong !== undefined) {
    const command = asked ?? `new ${what}`;
    throw new AuthorError(`${command} has no option --${wrong}\n${usage}`);
  }
  return parsed;
}

async function runNew(args: readonly string[], { root, today, print }: CommandContext): Promise<number> {
  const { positionals, values } = parse(args);
  const [kind = '', name, ...more] = positionals;
  const what = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (what === undefined) {
    const close = nearestName(kind, Object.keys(kinds));
    throw new AuthorError(
      `expected post, experiment or blog, found ${kind || 'nothing'}${close ? `; did you mean ${close}?` : ''}\n${usage}`,
    );
  }
  if (name === undefined) throw new AuthorError(`expected a ${what} after ${kind}\n${usage}`);
  if (more.length > 0) {
    throw new AuthorError(
      `expected one ${what}, found ${1 + more.length}: put it in quotes, "${[name, ...more].join(' ')}"`,
    );
  }
  if (kind === 'blog') {
    for (const path of await writeNewBlog(root, name, today)) print(path);
    print(`Build it with cd ${name} && npm install && npm run build.`);
    return 0;
  }
  const written =
    kind === 'post' ? await writeNewPost(root, name, today, values.name) : await writeNewExperiment(root, name);
  for (const path of written) print(path);
  print(kind === 'post' ? 'Write it with npm run dev.' : `Run it with npm run experiments -- ${name}.`);
  return 0;
}

/** Runs the command that the arguments name. Returns its exit code: 0 for success, 1 for an error, which is printed. */
export async function runCommand([command, ...args]: readonly string[], context: CommandContext): Promise<number> {
  const { root, print } = context;
  try {
    if (args.includes('--help')) {
      print(usage);
      return 0;
    }
    if (command === 'new') return await runNew(args, context);
    if (command !== 'import') throw new AuthorError(usage);
    const { positionals, values } = parse(args, 'import');
    if (positionals.length === 0) throw new AuthorError(`expected folders or files of old posts\n${usage}`);
    const { force = false, 'dry-run': dryRun = false } = values;
    return await importPosts({ root, from: positionals, force, dryRun, print });
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    print(error.message);
    return 1;
  }
}
