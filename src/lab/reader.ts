/** What reads data files is no part of an experiment's bundle, so where files are declared its code joins the key. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { sha256 } from './key.ts';
import { tsconfigRaw } from './tsconfig.ts';

let known: Promise<string> | undefined;

async function digest(): Promise<string> {
  const entry = fileURLToPath(new URL('./data.ts', import.meta.url));
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
  // esbuild names modules by their paths, and packages may lie any number of folders above the lab.
  return sha256(outputFiles[0]!.text.replace(/(?:\.\.\/)+(?=node_modules\/)/g, '../../'));
}

/** SHA-256 of the code that turns a data file into values. */
export function readerDigest(): Promise<string> {
  known ??= digest();
  return known;
}
