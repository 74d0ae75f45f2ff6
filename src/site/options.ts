/** Finds the options of `measured({ … })` in the Astro configuration's file, to locate their problems and for other commands. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Node, parse } from '../lab/bundle/syntax-tree.ts';
import { sharedState } from '../lab/shared-state.ts';
import { positionAt } from '../lab/text-position.ts';
import { configure, options } from './config.ts';
import { type OptionProblem, parseOptions } from './option-problems.ts';

/** The options that `measured` was last called with. */
export const writtenOptions = sharedState<{ last?: unknown }>('options', () => ({}));

const names = ['mjs', 'ts', 'mts', 'js', 'cjs', 'cts'].map((ending) => `astro.config.${ending}`);

/** The name of the configuration's file in the blog's folder; that of a new blog's if there is none. */
export const configurationFile = (root: string): string =>
  names.find((name) => existsSync(join(root, name))) ?? names[0]!;

/** The argument of the first call of `measured` in a syntax tree. */
export function argumentOf(node: unknown): Node | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  if (Array.isArray(node)) return node.map(argumentOf).find((found) => found !== undefined);
  const { type, callee, arguments: given } = node as { type?: string; callee?: { name?: string }; arguments?: Node[] };
  if (type === 'CallExpression' && callee?.name === 'measured') return given?.[0];
  return argumentOf(Object.values(node));
}

/** The property of an object that is called `name`: where its name and its value stand. */
export function propertyOf(node: Node, name: string): { key: Node; value: Node } | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const found = node.properties.find((each) => {
    const key = each.type === 'Property' ? (each.key as { name?: string; value?: unknown }) : {};
    return key.name === name || key.value === name;
  });
  return found?.type === 'Property' ? found : undefined;
}

/** Astro's own configuration in a syntax tree: the first object that has integrations. */
function configurationOf(node: unknown): Node | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  const has = (node as Node).type === 'ObjectExpression' && propertyOf(node as Node, 'integrations') !== undefined;
  if (has) return node as Node;
  return Object.values(node)
    .map(configurationOf)
    .find((found) => found !== undefined);
}

/** The offset of an option: of its value, or of its name if `key`; of the nearest that is written there. */
function offsetOf(source: string, { of, path, key }: OptionProblem): number | undefined {
  let node = of === 'astro' ? configurationOf(parse(source)) : argumentOf(parse(source));
  let offset = node?.start;
  for (const [depth, part] of path.entries()) {
    if (node?.type === 'ArrayExpression') node = node.elements[Number(part)] ?? undefined;
    else if (node?.type === 'ObjectExpression') {
      const property = propertyOf(node, String(part));
      if (!property) break;
      if (key && depth === path.length - 1) return property.key.start;
      node = property.value;
    } else break;
    offset = node?.start ?? offset;
  }
  return offset;
}

/** Options of `measured()` that stand beside it among Astro's settings, which would ignore them. */
export function misplacedOptions(root: string): OptionProblem[] {
  const file = join(root, configurationFile(root));
  const node = existsSync(file) ? configurationOf(parse(readFileSync(file, 'utf8'))) : undefined;
  return Object.keys(options)
    .filter((name) => name !== 'fonts' && node && propertyOf(node, name))
    .map((name) => ({
      of: 'astro',
      path: [name],
      key: true,
      text: `${name} is an option of measured(), and not read here; write measured({ ${name}: … })`,
    }));
}

/** One error for all problems, in the order of the file; without a place where options are made elsewhere. */
export function configurationError(root: string, problems: readonly OptionProblem[]): Error {
  const file = configurationFile(root);
  const source = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const located = problems.map((problem) => ({ offset: offsetOf(source, problem), text: problem.text }));
  const lines = located
    .sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0))
    .map(({ offset, text }) => {
      if (offset === undefined) return `${file}: ${text}`;
      const { line, column } = positionAt(source, offset);
      return `${file}:${line}:${column + 1}: ${text}`;
    });
  // Its stack would lead into the package, and not to what is wrong.
  return Object.assign(new Error(lines.join('\n')), { stack: '' });
}

/** Configures this process from the blog in `root`, for commands that run without Astro. Throws what `measured` would. */
export async function loadConfiguration(root: string): Promise<void> {
  const file = join(root, configurationFile(root));
  if (!existsSync(file))
    throw new Error(`there is no ${configurationFile(root)} in ${root}: run the command in the blog’s folder`);
  await import(pathToFileURL(file).href);
  const parsed = parseOptions(writtenOptions.last);
  if ('problems' in parsed) throw configurationError(root, parsed.problems);
  await configure(parsed.settings);
}
