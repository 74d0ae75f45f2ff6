/**
 * The build cache: drawings, images, fonts, compiled posts and other results are stored between builds under a hash of
 * the project's code and of their inputs. Entries carry a checksum and damaged ones are ignored, so that a build with the cache gives the same
 * bytes as one without.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../lab/plan/task-key.ts';
import { sharedState } from '../../lab/shared-state.ts';
import { writeAtomic } from '../../lab/store/cache.ts';

/** The folder of the entries, and the names of those that this build has used. */
export type BuildCache = { readonly folder: string; readonly used: Set<string> };

const shared = sharedState<{ cache?: BuildCache | undefined }>('build-cache', () => ({}));

/** Sets the folder in which `cached` stores entries; undefined turns the cache off. */
export function setBuildCache(folder: string | undefined): BuildCache | undefined {
  shared.cache = folder === undefined ? undefined : { folder, used: new Set() };
  return shared.cache;
}

/** The JSON in an entry's file; undefined if it is missing or its checksum is wrong. */
function readEntry(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const json = text.slice(65);
    return text === `${sha256(json)}\n${json}` ? json : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The result of `make`, from the cache if it is there: a JSON value that depends only on the project's code and `from`.
 * Outside of builds, where code changes as it runs, `make` is called each time.
 */
export async function cached<T>(kind: string, from: readonly unknown[], make: () => T | Promise<T>): Promise<T> {
  const cache = shared.cache;
  if (cache === undefined) return make();
  const name = `${kind}-${sha256(JSON.stringify(from))}`;
  cache.used.add(name);
  const file = join(cache.folder, name);
  const stored = readEntry(file);
  if (stored !== undefined) return JSON.parse(stored) as T;
  const json = JSON.stringify(await make());
  // If it cannot be written, the next build computes it again.
  await writeAtomic(file, `${sha256(json)}\n${json}`).catch(() => {});
  // Parsed, so that this build sees exactly what the next one will.
  return JSON.parse(json) as T;
}
