/** Hashes the code that parses data files, for the task key: an experiment's bundle does not contain it. */
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { sha256 } from '../plan/task-key.ts';
import { ownFile, tsconfigRaw } from '../project.ts';

let computed: Promise<string> | undefined;

async function digest(): Promise<string> {
  const entry = ownFile('./read-data-file', import.meta.url);
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'esnext',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    tsconfigRaw,
  });
  // esbuild names modules by their paths; it must not matter where packages lie, or whether they are linked.
  return sha256(outputFiles[0]!.text.replace(/(?<=")[^"\n]*\/(?=node_modules\/)/g, '../../'));
}

/** SHA-256 of the code that turns a data file into values. */
export function parserDigest(): Promise<string> {
  computed ??= digest();
  return computed;
}
