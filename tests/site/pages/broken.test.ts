/** An error in a post fails the build, with a message that names file, line and column. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const project = new URL('../../../', import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((directory) => rm(directory, { recursive: true }))));

/** The output of the failing build of a blog with this one post; throws if it succeeds. */
async function failedBuild(post: string): Promise<string> {
  // Inside the repository, so that Node finds its packages.
  await mkdir(join(project, '.measured'), { recursive: true });
  const root = await mkdtemp(join(project, '.measured/broken-'));
  folders.push(root);
  await mkdir(join(root, 'posts'));
  await writeFile(join(root, 'posts/wrong.mdx'), post);
  await writeFile(
    join(root, 'astro.config.mjs'),
    `import config from '../../astro.config.mjs';\nexport default { ...config, srcDir: '../../src/site', publicDir: '../../public' };\n`,
  );
  const astro = join(project, 'node_modules/astro/bin/astro.mjs');
  const environment = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  const run = promisify(execFile)(process.execPath, [astro, 'build', '--root', root], { cwd: root, env: environment });
  return run.then(
    ({ stdout }) => Promise.reject(new Error(`the build succeeded:\n${stdout}`)),
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
}

test('an invalid field, invalid TeX and an unknown citation are all reported with file, line and column', async () => {
  const said = await failedBuild(
    '---\ntitle: [1]\ndate: 2026-11-22\n---\n\nAs $a + \\nope$.\n\nAs [@nobody2020] found.\n',
  );
  expect(said).toContain('posts/wrong.mdx:2:8: title: expected text, found ["1"]: write title: A title');
  expect(said).toContain('posts/wrong.mdx:6:9: Undefined control sequence: \\nope');
  expect(said).toContain('posts/wrong.mdx:8:5: [@nobody2020]: no such entry');
});
