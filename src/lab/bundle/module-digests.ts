/** Hashes each module of a bundle without its comments and types, so that `--why` can name the modules that changed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { sha256 } from '../plan/task-key.ts';
import type { Bundle } from './bundle.ts';

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

/** Digest by path of every module with code in the bundle. */
export async function moduleDigests(root: string, bundle: Bundle): Promise<Record<string, string>> {
  const entries = bundle.used.map(async (path) => [path, await digest(root, path)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
