/** An esbuild plugin that keeps one slice of an experiment's definition and marks calls in its modules as pure. */
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnLoadResult, PartialMessage, Plugin } from 'esbuild';
import { positionAt } from '../text-position.ts';
import { annotatePure } from './annotate-pure.ts';
import { type DefinitionSlice, sliceDefinition } from './slice-definition.ts';
import { parse, SyntaxProblem } from './syntax-tree.ts';

function esbuildMessage({ message, offset }: SyntaxProblem, source: string, file: string): PartialMessage {
  const { line, column } = positionAt(source, offset);
  return { text: message, location: { file, line, column, lineText: source.split('\n')[line - 1]! } };
}

/** The sources of this package, which are treated as an experiment's own, wherever they are installed. */
const packageSources = fileURLToPath(new URL('../..', import.meta.url));
const packageName = 'astro-measured';

/** Annotated modules by path, each valid for one source: the bundle of every experiment has the engine's modules. */
const annotated = new Map<string, { readonly source: string; readonly contents: string }>();

function contentsOf(path: string, source: string, slice: DefinitionSlice | undefined): string {
  if (slice !== undefined) {
    const program = parse(source);
    return annotatePure(sliceDefinition(source, program, slice), program);
  }
  const known = annotated.get(path);
  if (known?.source === source) return known.contents;
  const contents = annotatePure(source, parse(source));
  annotated.set(path, { source, contents });
  return contents;
}

/** Loads a module; with `slice`, only that part of its definition. */
async function load(path: string, file: string, slice: DefinitionSlice | undefined): Promise<OnLoadResult> {
  const source = await readFile(path, 'utf8');
  try {
    return { contents: contentsOf(path, source, slice), loader: 'ts' };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { errors: [esbuildMessage(error, source, file)] };
    throw error;
  }
}

/** The plugin for the bundle whose entry is `file` in `root`. */
export function definitionSlicePlugin(root: string, file: string, slice: DefinitionSlice): Plugin {
  const entry = resolve(root, file);
  return {
    name: 'definition-slice',
    setup(build) {
      // The description runs in the lab's process and shares its packages; a task's bundle holds all that it executes.
      if (slice !== 'run')
        build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path === packageName || path.startsWith(`${packageName}/`)
            ? undefined
            : { path, external: true },
        );
      build.onLoad({ filter: /\.[jt]s$/ }, ({ path }) => {
        const isAuthors = path.endsWith('.ts') && !path.includes(`${sep}node_modules${sep}`);
        if (!isAuthors && !path.startsWith(packageSources)) return undefined;
        return load(path, relative(root, path), path === entry ? slice : undefined);
      });
    },
  };
}
