/**
 * Vitest's global set-up: builds the fixture site (at the root of a host and under `/blog/`) and the blog itself, in parallel
 * with the tests that need no site. Tests of pages wait in `built`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { writeAtomic } from '../../../src/lab/store/cache.ts';
import { type Built, reportFile, type Site } from './built.ts';

const run = promisify(execFile);
const project = new URL('../../../', import.meta.url).pathname;
const fixture = join(project, 'tests/fixtures/site');
const environment = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

async function build(root: string, base: Site['base'], dist: string): Promise<Site & { said: string }> {
  const astro = join(project, 'node_modules/astro/bin/astro.mjs');
  const options = ['build', '--root', root, '--outDir', dist, '--base', base, '--site', 'https://measured.example'];
  const { stdout, stderr } = await run(process.execPath, [astro, ...options], { cwd: root, env: environment });
  return { base, dist, said: stdout + stderr };
}

const measure = (root: string) =>
  run(process.execPath, [join(project, 'src/lab/cli/main.ts')], { cwd: root, env: environment });

async function buildAll(directory: string): Promise<Built> {
  const inFixture = async () => {
    await measure(fixture);
    // One after the other, since both use the content cache of the fixture.
    const root = await build(fixture, '/', join(directory, 'root'));
    return [root, await build(fixture, '/blog/', join(directory, 'under-blog'))];
  };
  const others = async () => {
    const inScripts = join(project, 'tests/fixtures/scripts');
    await measure(inScripts);
    const scripts = await build(inScripts, '/blog/', join(directory, 'scripts'));
    await measure(project);
    return { scripts, blog: (await build(project, '/', join(directory, 'blog'))).dist };
  };
  const [sites, rest] = await Promise.all([inFixture(), others()]);
  return { sites, ...rest };
}

/** Runs the experiments without results and builds the sites; deletes the sites at the end. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'measured-pages-'));
  provide('sites', directory);
  const done = buildAll(directory)
    .then(
      (built) => ({ built }),
      (error: unknown) => ({ failed: String(error) }),
    )
    .then((report) => writeAtomic(reportFile(directory), JSON.stringify(report)));
  return async () => {
    await done;
    await rm(directory, { recursive: true });
  };
}
