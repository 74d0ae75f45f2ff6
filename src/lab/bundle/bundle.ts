/**
 * Bundles an experiment with esbuild into the code that a worker executes; its hash stands for the code in a task's
 * key. Types, comments and unused exports are gone, packages are inlined, and it contains no path of this machine.
 */
import { join, resolve } from 'node:path';
import { type BuildFailure, build, type Message } from 'esbuild';
import { LabError } from '../errors.ts';
import { sha256 } from '../plan/task-key.ts';
import { tsconfigRaw } from '../project.ts';
import { definitionSlicePlugin } from './definition-slice-plugin.ts';
import type { DefinitionSlice } from './slice-definition.ts';

export type Bundle = {
  /** CommonJS text: assigns the sliced definition to `module.exports.default`. */
  readonly code: string;
  /** SHA-256 of the code. */
  readonly hash: string;
  /** Source map (JSON) to files named relative to the project. */
  readonly map: string;
  /** Files that the bundle was made from, relative to the project, sorted: the files to watch. */
  readonly inputs: readonly string[];
  /** Those of them with code in the bundle: where a change of it can come from. */
  readonly used: readonly string[];
};

/** How to install the package of a specifier such as `@some/package/part.js`; empty for one that no package can have. */
export function installAdvice(specifier: string): string {
  const [name] = /^(?:@[\w-][\w.-]*\/)?[\w-][\w.-]*(?=\/|$)/.exec(specifier) ?? [];
  return name === undefined ? '' : `: install it, npm install --save-exact ${name}`;
}

/** A message of esbuild with its location; of a package that is not there, how to install it. */
function messageText({ location, text }: Message): string {
  const [, specifier = ''] = /^Could not resolve "([^"]*)"/.exec(text) ?? [];
  const said = `${text}${installAdvice(specifier)}`;
  return location === null ? said : `${location.file}:${location.line}:${location.column + 1}: ${said}`;
}

function failure(file: string, error: unknown): LabError {
  const messages = (error as Partial<BuildFailure>).errors;
  if (!Array.isArray(messages)) throw error;
  const lines = messages.map((message: Message) => `  ${messageText(message)}`);
  return new LabError([`${file} does not bundle`, ...lines].join('\n'), { cause: error });
}

/** Bundles one slice of the experiment in `file` (relative to `root`). Throws LabError with file, line and column. */
export async function bundle(root: string, file: string, slice: DefinitionSlice): Promise<Bundle> {
  const entry = resolve(root, file);
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outfile: join(root, 'bundle.cjs'),
    absWorkingDir: root,
    format: 'cjs',
    platform: 'node',
    target: 'esnext',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: false,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw,
    plugins: [definitionSlicePlugin(root, file, slice)],
  }).catch((error: unknown) => {
    throw failure(file, error);
  });
  const [warning] = result.warnings;
  if (warning !== undefined) throw new LabError(`${file} bundles with a warning\n  ${messageText(warning)}`);
  const code = result.outputFiles.find((output) => output.path.endsWith('.cjs'))!.text;
  const output = Object.values(result.metafile.outputs).find((each) => each.entryPoint !== undefined)!;
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return {
    code,
    hash: sha256(code),
    map: result.outputFiles.find((each) => each.path.endsWith('.map'))!.text,
    inputs: Object.keys(result.metafile.inputs).sort(),
    used: used.map(([path]) => path).sort(),
  };
}
