/** Which modules a bundle's code came from, each with a digest that comments and types do not touch. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { Bundle } from './bundle.ts';
import { sha256 } from './key.ts';

async function digest(root: string, path: string): Promise<string> {
  const source = await readFile(join(root, path), 'utf8');
  if (!/\.[cm]?[jt]s$/.test(path)) return sha256(source);
  const { code } = await transform(source, {
    loader: 'ts',
    minifyWhitespace: true,
    legalComments: 'none',
    target: 'esnext',
  });
  return sha256(code);
}

/** Digest by path of every module that gave bytes to the bundle. */
export async function moduleDigests(root: string, bundle: Bundle): Promise<Record<string, string>> {
  const entries = bundle.used.map(async (path) => [path, await digest(root, path)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
