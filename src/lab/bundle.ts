/**
 * The bundle is what a worker executes, and its hash stands for "the code" in a task's key: types, comments and unused
 * exports are gone, packages are inlined, nothing in it names a place on this machine.
 */
import { join, resolve } from 'node:path';
import { type BuildFailure, build, type Message } from 'esbuild';
import type { Half } from './cut.ts';
import { LabError } from './errors.ts';
import { onlyHalf } from './half.ts';
import { sha256 } from './key.ts';
import { tsconfigRaw } from './tsconfig.ts';

export type Bundle = {
  /** CommonJS text: assigns the cut definition to `module.exports.default`. */
  readonly code: string;
  /** SHA-256 of the code. */
  readonly hash: string;
  /** Source map (JSON) to files named relative to the project. */
  readonly map: string;
  /** Files that the bundle was made from, relative to the project, sorted: what to watch. */
  readonly inputs: readonly string[];
  /** Those that gave bytes to it: where a change of code can come from. */
  readonly used: readonly string[];
};

const located = (message: Message): string =>
  message.location === null
    ? message.text
    : `${message.location.file}:${message.location.line}:${message.location.column + 1}: ${message.text}`;

function failure(file: string, error: unknown): LabError {
  const messages = (error as Partial<BuildFailure>).errors;
  if (!Array.isArray(messages)) throw error;
  const lines = messages.map((message: Message) => `  ${located(message)}`);
  return new LabError([`${file} does not bundle`, ...lines].join('\n'), { cause: error });
}

/** Bundles one half of the experiment in `file` (relative to `root`). Throws LabError with file, line and column. */
export async function bundle(root: string, file: string, half: Half): Promise<Bundle> {
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
    // The description runs beside the lab and may share its packages; a task brings everything it executes.
    packages: half === 'run' ? 'bundle' : 'external',
    plugins: [onlyHalf(root, file, half)],
  }).catch((error: unknown) => {
    throw failure(file, error);
  });
  const [warning] = result.warnings;
  if (warning !== undefined) throw new LabError(`${file} bundles with a warning\n  ${located(warning)}`);
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
