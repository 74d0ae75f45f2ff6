/** `measured.json`: what a site was made from, and the hash of every file, so that anyone can build and compare. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { z } from 'zod';
import { sha256 } from '../lab/key.ts';

const origin = z.object({
  /** Of this generator and of Node, which every result depends on. */
  versions: z.object({ measured: z.string(), node: z.string() }),
  /** Origin and path that its addresses begin with. */
  site: z.string(),
  base: z.string(),
  /** The key of each experiment's result: a hash of its code, parameters, seeds and data. */
  results: z.record(z.string(), z.string()),
});

/** What a site was made from. */
export type Origin = z.infer<typeof origin>;

const manifest = origin.extend({
  /** Every file but the manifest itself, sorted by path; paths are relative to it, with slashes. */
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
});

/** The manifest of a site. */
export type Manifest = z.infer<typeof manifest>;

/** The manifest's own name. */
export const manifestName = 'measured.json';

/** Reads a manifest. Throws a ZodError or SyntaxError at text that is none. */
export const readManifest = (text: string): Manifest => manifest.parse(JSON.parse(text));

/** Completes the manifest in the folder of a built site. */
export function writeManifest(dist: string): void {
  const file = join(dist, manifestName);
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== file)
    .map((path) => {
      const content = readFileSync(path);
      return { path: relative(dist, path).replaceAll(sep, '/'), sha256: sha256(content), bytes: content.length };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const complete: Manifest = { ...origin.parse(JSON.parse(readFileSync(file, 'utf8'))), files };
  writeFileSync(file, `${JSON.stringify(complete, null, 1)}\n`);
}

/** Astro integration, once nothing else changes the built files. */
export function listFiles(): AstroIntegration {
  return {
    name: 'list-files',
    hooks: { 'astro:build:done': ({ dir }) => writeManifest(fileURLToPath(dir)) },
  };
}
