/** Builds the small site of tests/fixtures/site, at the root of its host and under `/blog/`, and the blog itself. */
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
    /** The directory of the blog itself, from its own posts and measured results. */
    blog: string;
    /** A site of posts in several scripts, with fonts for two of them, and what its build said. */
    scripts: { dist: string; said: string };
  }
}

const run = promisify(execFile);
const project = new URL('../../../', import.meta.url).pathname;
const fixture = join(project, 'tests/fixtures/site');
const environment = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

async function build(root: string, base: Built['base'], dist: string): Promise<Built & { said: string }> {
  const astro = join(project, 'node_modules/astro/bin/astro.mjs');
  const options = ['build', '--root', root, '--outDir', dist, '--base', base, '--site', 'https://measured.example'];
  const { stdout, stderr } = await run(process.execPath, [astro, ...options], { cwd: root, env: environment });
  return { base, dist, said: stdout + stderr };
}

const measure = (root: string) =>
  run(process.execPath, [join(project, 'src/lab/cli.ts')], { cwd: root, env: environment });

/** Vitest's global setup: runs what is not measured yet, builds the sites, removes them at the end. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'measured-pages-'));
  const buildFixture = async () => {
    await measure(fixture);
    // One after the other: both share the fixture's cache of content.
    const root = await build(fixture, '/', join(directory, 'root'));
    provide('sites', [root, await build(fixture, '/blog/', join(directory, 'under-blog'))]);
  };
  const buildOthers = async () => {
    const inScripts = join(project, 'tests/fixtures/scripts');
    await measure(inScripts);
    provide('scripts', await build(inScripts, '/blog/', join(directory, 'scripts')));
    await measure(project);
    provide('blog', (await build(project, '/', join(directory, 'blog'))).dist);
  };
  await Promise.all([buildFixture(), buildOthers()]);
  return () => rm(directory, { recursive: true });
}
