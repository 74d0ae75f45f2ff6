/** Compares a published site, at an address or in a folder, with the site built from these sources. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, manifestName, readManifest } from '../../site/output/manifest.ts';
import { filesOf, firstDifference } from './compare.ts';

/** Where a site is published. */
export type Published = {
  readonly name: string;
  /** The bytes at a path; undefined if there are none. */
  readonly read: (path: string) => Promise<Buffer | undefined>;
  /** All paths of the site, if they can be listed: in folders. */
  readonly paths?: readonly string[];
};

/** Files that hosts read and do not serve. */
const notServed = ['_headers', '_redirects'];

/** Fetches a file, unpacked and after redirects; retries at network and server errors. Undefined if it is missing. */
async function fetched(address: URL, tries = 3): Promise<Buffer | undefined> {
  try {
    const response = await fetch(address);
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status >= 500) throw new Error(`${address} answers ${response.status}`);
    // The page for unknown addresses may come with status 404 itself.
    return response.ok || address.pathname.endsWith('/404.html') ? body : undefined;
  } catch (error) {
    if (tries > 1) return fetched(address, tries - 1);
    throw new Error(`${address} cannot be fetched: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** A site at an address (with its base path), or in a folder. Throws if there is neither. */
export function publishedAt(place: string): Published {
  if (/^https?:\/\//.test(place)) {
    const root = new URL(place.endsWith('/') ? place : `${place}/`);
    const address = (path: string) =>
      new URL(
        path
          .replace(/(^|\/)index\.html$/, '$1')
          .split('/')
          .map(encodeURIComponent)
          .join('/') || '.',
        root,
      );
    return { name: root.href, read: (path) => fetched(address(path)) };
  }
  if (!existsSync(place)) throw new Error(`${place} is no folder; an address begins with https:// or http://`);
  const files = filesOf(place);
  return { name: place, read: async (path) => files.get(path), paths: [...files.keys()] };
}

/** The manifest of a published site. Throws if it has none. */
export async function manifestOf(published: Published): Promise<Manifest> {
  const found = await published.read(manifestName);
  if (!found) throw new Error(`${published.name} has no ${manifestName}: it was not built by this generator`);
  try {
    return readManifest(found.toString());
  } catch (error) {
    throw new Error(`${published.name}: ${manifestName} is no manifest`, { cause: error });
  }
}

/** Versions and results that differ from ours, which explains other differences. */
function otherOrigins(theirs: Manifest, ours: Manifest): string[] {
  const versions = (['measured', 'node'] as const)
    .filter((name) => theirs.versions[name] !== ours.versions[name])
    .map((name) => `built with ${name} ${theirs.versions[name]}, here with ${ours.versions[name]}`);
  const names = [...new Set([...Object.keys(theirs.results), ...Object.keys(ours.results)])].sort();
  const results = names
    .filter((name) => theirs.results[name] !== ours.results[name])
    .map(
      (name) =>
        `result ${name}: its code, data or parameters are not these (${theirs.results[name] ?? 'none'}, here ${ours.results[name] ?? 'none'})`,
    );
  return [...versions, ...results];
}

/** One line for each difference between `published` and `dist`, the build of these sources. */
export async function differencesFrom(dist: string, published: Published): Promise<string[]> {
  const theirs = await manifestOf(published);
  const ours = readManifest(readFileSync(join(dist, manifestName), 'utf8'));
  const lines = otherOrigins(theirs, ours);
  const served = (path: string): boolean => published.paths !== undefined || !notServed.includes(path);
  const wanted = [manifestName, ...ours.files.map(({ path }) => path)].filter(served);
  for (const path of wanted) {
    const found = await published.read(path);
    const built = readFileSync(join(dist, path));
    if (found === undefined) lines.push(`${path}: missing`);
    else if (!found.equals(built)) lines.push(`${path}: changed at ${firstDifference(found, built)}`);
  }
  const listed = published.paths ?? theirs.files.map(({ path }) => path);
  return [
    ...lines,
    ...listed.filter((path) => served(path) && !wanted.includes(path)).map((path) => `${path}: not from these sources`),
  ];
}
