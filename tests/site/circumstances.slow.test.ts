/** Reproducible builds: the same bytes whatever the environment variables, clock, folder, line ends, time zone and locale. */
import { execFile } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { differences } from '../../src/cli/verify/compare.ts';
import { filesBelow, repository } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const run = promisify(execFile);
const clock = new URL('../../src/cli/verify/moving-clock.mjs', import.meta.url).pathname;

const isText = (file: string): boolean => /\.(ts|mjs|json|mdx|bib|astro|css|csv)$/.test(file);

/** Copies the sources to a temporary folder, with the line ends of Windows. */
function copyWithReturns(): string {
  const root = temporaryFolder();
  for (const part of ['src', 'package.json', 'tests/fixtures/site'])
    cpSync(join(repository, part), join(root, part), {
      recursive: true,
      filter: (path) => !/\/\.(measured|astro)$/.test(path),
    });
  for (const [file, bytes] of filesBelow(root))
    if (isText(file)) writeFileSync(join(root, file), bytes.toString().replaceAll('\n', '\r\n'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Builds the fixture's blog with the sources at `root`. */
const build = (root: string, env: NodeJS.ProcessEnv, more: readonly string[]) => {
  const blog = join(root, 'tests/fixtures/site');
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  return run(process.execPath, [astro, 'build', '--root', blog, '--site', 'https://measured.example', ...more], {
    cwd: blog,
    env,
  });
};

test('the same bytes with the environment variables of another site, a running clock, another folder, \\r\\n line ends and .env files', async () => {
  const dist = temporaryFolder();
  const fixture = join(repository, 'tests/fixtures/site');
  const quiet = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
    SOURCE_DATE_EPOCH: '1795824000',
  };
  await run(process.execPath, [join(repository, 'src/lab/cli/main.ts')], { cwd: fixture, env: quiet });
  await build(repository, quiet, ['--outDir', dist]);
  const root = copyWithReturns();
  const blog = join(root, 'tests/fixtures/site');
  const others = 'SITE=https://elsewhere.example\nBASE_URL=/elsewhere/\nDEV=1\nNODE_ENV=development\n';
  writeFileSync(join(blog, '.env'), others);
  writeFileSync(join(blog, '.env.production'), others);
  const env = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    SOURCE_DATE_EPOCH: '1795824001',
    NODE_ENV: 'development',
    DEV: '1',
    PROD: '',
    MODE: 'test',
    SITE: 'https://elsewhere.example',
    BASE_URL: '/elsewhere/',
    NODE_OPTIONS: `--import ${clock}`,
    TZ: 'Pacific/Kiritimati',
    LC_ALL: 'tr_TR.UTF-8',
  };
  await run(process.execPath, [join(root, 'src/lab/cli/main.ts')], { cwd: blog, env });
  await build(root, env, []);
  expect(differences(filesBelow(dist), filesBelow(join(blog, 'dist')))).toEqual([]);
});
