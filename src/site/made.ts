/**
 * What a build makes again and again of the same things (drawings, pictures, compiled posts), kept between builds under
 * a hash of all that it is made from: the project's code and what the caller names. A file that is torn or altered is as
 * good as none, so that a build gives the same bytes with what earlier ones kept and without.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../lab/cache.ts';
import { sha256 } from '../lab/key.ts';

/** Where a build keeps things, and what it has used of them. */
export type Keeping = { readonly folder: string; readonly used: Set<string> };

// Astro bundles the pages, so that they hold a copy of this module of their own: both look here.
const place = Symbol.for('measured.made');
const shared = globalThis as { [place]?: Keeping | undefined };

/** From now on `made` keeps things in `folder`; undefined: no longer. */
export function keepIn(folder: string | undefined): Keeping | undefined {
  shared[place] = folder === undefined ? undefined : { folder, used: new Set() };
  return shared[place];
}

/** The JSON that a file holds; undefined if there is none that is whole. */
function whole(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const json = text.slice(65);
    return text === `${sha256(json)}\n${json}` ? json : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What `make` makes: a JSON value that depends on nothing but the project's code and `from`. Outside of builds, where
 * code changes as it runs, it is made each time.
 */
export async function made<T>(kind: string, from: readonly unknown[], make: () => T | Promise<T>): Promise<T> {
  const keeping = shared[place];
  if (keeping === undefined) return make();
  const name = `${kind}-${sha256(JSON.stringify(from))}`;
  keeping.used.add(name);
  const file = join(keeping.folder, name);
  const kept = whole(file);
  if (kept !== undefined) return JSON.parse(kept) as T;
  const json = JSON.stringify(await make());
  // Where it cannot be written it is made anew next time, and nothing else is lost.
  await writeWhole(file, `${sha256(json)}\n${json}`).catch(() => {});
  // Read back, so that this build sees exactly what the next one will.
  return JSON.parse(json) as T;
}
