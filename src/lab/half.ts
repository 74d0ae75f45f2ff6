/** Lets esbuild see one half of an experiment's definition, and the project's modules as free of effects. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { OnLoadResult, PartialMessage, Plugin } from 'esbuild';
import { cut, type Half } from './cut.ts';
import { markPure } from './pure.ts';
import { parse, SyntaxProblem } from './syntax.ts';

function located({ message, offset }: SyntaxProblem, source: string, file: string): PartialMessage {
  const before = source.slice(0, offset).split('\n');
  const line = before.length;
  return {
    text: message,
    location: { file, line, column: before.at(-1)!.length, lineText: source.split('\n')[line - 1]! },
  };
}

/** Modules by path, as long as the source is the same: those of an engine are in the bundle of every experiment. */
const marked = new Map<string, { readonly source: string; readonly contents: string }>();

function contentsOf(path: string, source: string, half: Half | undefined): string {
  if (half !== undefined) {
    const program = parse(source);
    return markPure(cut(source, program, half), program);
  }
  const known = marked.get(path);
  if (known?.source === source) return known.contents;
  const contents = markPure(source, parse(source));
  marked.set(path, { source, contents });
  return contents;
}

/** Loads a module; the entry is cut. */
async function load(path: string, file: string, half: Half | undefined): Promise<OnLoadResult> {
  const source = await readFile(path, 'utf8');
  try {
    return { contents: contentsOf(path, source, half), loader: 'ts' };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { errors: [located(error, source, file)] };
    throw error;
  }
}

/** A plugin for the bundle whose entry is `file` in `root`. */
export function onlyHalf(root: string, file: string, half: Half): Plugin {
  const entry = resolve(root, file);
  return {
    name: 'half',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        return load(path, relative(root, path), path === entry ? half : undefined);
      });
    },
  };
}
