/** Builds the small site of tests/fixtures/site, once at the root of its host and once under `/blog/`. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

/** A built site: the base path it was built for, and the directory that a host would serve there. */
export type Built = { base: '/' | '/blog/'; dist: string };

declare module 'vitest' {
  interface ProvidedContext {
    sites: Built[];
  }
}

const run = promisify(execFile);
const project = new URL('../../../', import.meta.url).pathname;
const fixture = join(project, 'tests/fixtures/site');
const environment = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

async function build(base: Built['base'], directory: string): Promise<Built> {
  const dist = join(directory, base === '/' ? 'root' : 'blog');
  const astro = join(project, 'node_modules/astro/bin/astro.mjs');
  const options = ['build', '--root', fixture, '--outDir', dist, '--base', base, '--site', 'https://measured.example'];
  await run(process.execPath, [astro, ...options], { cwd: fixture, env: environment });
  return { base, dist };
}

/** Vitest's global setup: runs the fixture's experiment, builds both sites, removes them at the end. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'measured-pages-'));
  await run(process.execPath, [join(project, 'src/lab/cli.ts')], { cwd: fixture, env: environment });
  // One after the other: both share the fixture's cache of content.
  provide('sites', [await build('/', directory), await build('/blog/', directory)]);
  return () => rm(directory, { recursive: true });
}
