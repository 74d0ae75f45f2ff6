/** Writes `measured.json`: what the site was built from, and the hash of every file to compare a rebuild with. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { z } from 'zod';
import { sha256 } from '../../lab/plan/task-key.ts';

const origin = z.object({
  /** The versions of this generator and of Node, on which every result depends. */
  versions: z.object({ measured: z.string(), node: z.string() }),
  /** The day of the build, which decides which posts are published. */
  date: z.iso.date(),
  /** Origin and base path of its addresses. */
  site: z.string(),
  base: z.string(),
  /** The key of each experiment's result: a hash of its code, parameters, seeds and data. */
  results: z.record(z.string(), z.string()),
});

/** What a site was built from. */
export type Origin = z.infer<typeof origin>;

const manifest = origin.extend({
  /** Every file but the manifest itself, sorted by path; paths are relative to it, with slashes. */
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
});

/** The manifest of a site. */
export type Manifest = z.infer<typeof manifest>;

/** The name of the manifest's file. */
export const manifestName = 'measured.json';

/** Parses a manifest. Throws a ZodError or SyntaxError if it is invalid. */
export const readManifest = (text: string): Manifest => manifest.parse(JSON.parse(text));

/** All files below a folder, sorted; paths are relative to it, with `/` between folders. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();

/** Adds the hash of each file to the manifest, which the build wrote with the rest, in the folder of a built site. */
export function writeManifest(dist: string): void {
  const file = join(dist, manifestName);
  const files = filesBelow(dist)
    .filter((path) => path !== manifestName)
    .map((path) => {
      const content = readFileSync(join(dist, path));
      return { path, sha256: sha256(content), bytes: content.length };
    });
  const complete: Manifest = { ...origin.parse(JSON.parse(readFileSync(file, 'utf8'))), files };
  writeFileSync(file, `${JSON.stringify(complete, null, 1)}\n`);
}

/** Astro integration, after all that change built files: completes the manifest. */
export function manifestFile(): AstroIntegration {
  return {
    name: 'manifest',
    hooks: { 'astro:build:done': ({ dir }) => writeManifest(fileURLToPath(dir)) },
  };
}
