/** Builds that meet: two at once in one folder both end well, and what a killed one left is cleared away. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { command, copyOf, goodProject, lay } from '../hostile/project.ts';

let good = '';
const folders: string[] = [];
beforeAll(async () => {
  good = await goodProject();
  folders.push(good);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function project(): string {
  const root = copyOf(good);
  folders.push(root);
  return root;
}

/** Every file below `dist`, by path. */
function pages(root: string): Record<string, string> {
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [path.slice(root.length), readFileSync(path, 'latin1')]),
  );
}

const besideDist = (root: string) => readdirSync(root).filter((name) => name.startsWith('.dist'));

test('two builds at once both succeed, and leave one whole site', async () => {
  const [alone, shared] = [project(), project()];
  expect(await command(alone, 'build')).toMatchObject({ code: 0 });
  const both = await Promise.all([command(shared, 'build'), command(shared, 'build')]);
  expect(
    both.map(({ code }) => code),
    both.map(({ output }) => output).join('\n'),
  ).toEqual([0, 0]);
  expect(pages(shared)).toEqual(pages(alone));
  expect(besideDist(shared)).toEqual([]);
});

test('a build clears what killed ones left, is not held up by them, and brings the site back before it fails', async () => {
  const root = project();
  const id = randomUUID();
  renameSync(join(root, 'dist'), join(root, `.dist.${id}.previous`));
  mkdirSync(join(root, `.dist.${id}.building/posts`), { recursive: true });
  const good = readFileSync(join(root, 'posts/good.mdx'), 'utf8');
  lay(root, { '.measured/syncing': '1', 'posts/good.mdx': `${good}\n{nowhere}\n` });
  expect(await command(root, 'build')).toMatchObject({ code: 1 });
  expect(Object.keys(pages(root))).toEqual(['/dist/index.html']);
  expect(besideDist(root)).toEqual([]);
  lay(root, { '.measured/syncing': '', 'posts/good.mdx': good });
  expect(await command(root, 'build')).toMatchObject({ code: 0 });
  expect(besideDist(root)).toEqual([]);
});

test.runIf(process.getuid?.() === 0)('a dist that is a mounted volume is built into', async () => {
  const root = project();
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(root, 'dist')]);
  onTestFinished(() => void execFileSync('umount', [join(root, 'dist')]));
  lay(root, { 'dist/index.html': 'old' });
  expect(await command(root, 'build')).toMatchObject({ code: 0 });
  expect(Object.keys(pages(root))).toContain('/dist/posts/good/index.html');
  expect(readdirSync(join(root, 'dist')).filter((name) => name.startsWith('.'))).toEqual([]);
});
