/** Concurrent, killed and out-of-space builds: each leaves a complete site, and the next one clears their remains. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { differences } from '../../src/cli/verify/compare.ts';
import { filesBelow, writeFiles } from '../helpers/files.ts';
import { copyToTempFolder, createValidProject, makeTempFolder, runProjectCommand } from '../invalid-input/project.ts';

let good = '';
const folders: string[] = [];
/** The pages of an undisturbed build. */
let undisturbed = new Map<string, Buffer>();
beforeAll(async () => {
  good = await createValidProject();
  folders.push(good);
  const last = readFileSync(join(good, 'dist/index.html'), 'utf8');
  // Its build cache makes the other builds shorter.
  expect(await runProjectCommand(good, 'build')).toMatchObject({ code: 0 });
  undisturbed = pages(good);
  rmSync(join(good, 'dist'), { recursive: true });
  writeFiles(good, { 'dist/index.html': last });
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function project(): string {
  const root = copyToTempFolder(good);
  folders.push(root);
  return root;
}

/** Every file below `dist`, by path. */
const pages = (root: string) => filesBelow(root, 'dist');

const besideDist = (root: string) => readdirSync(root).filter((name) => name.startsWith('.dist'));

test('two concurrent builds both succeed, and leave one complete site', async () => {
  const shared = project();
  const both = await Promise.all([runProjectCommand(shared, 'build'), runProjectCommand(shared, 'build')]);
  expect(
    both.map(({ code }) => code),
    both.map(({ output }) => output).join('\n'),
  ).toEqual([0, 0]);
  expect(differences(undisturbed, pages(shared))).toEqual([]);
  expect(besideDist(shared)).toEqual([]);
});

test('a build removes what killed ones left, ignores their locks, and restores the site before it fails', async () => {
  const root = project();
  const id = randomUUID();
  renameSync(join(root, 'dist'), join(root, `.dist.${id}.previous`));
  mkdirSync(join(root, `.dist.${id}.building/posts`), { recursive: true });
  const good = readFileSync(join(root, 'posts/good.mdx'), 'utf8');
  writeFiles(root, { '.measured/syncing': '1', 'posts/good.mdx': `${good}\n{nowhere}\n` });
  expect(await runProjectCommand(root, 'build')).toMatchObject({ code: 1 });
  expect([...pages(root).keys()]).toEqual(['dist/index.html']);
  expect(besideDist(root)).toEqual([]);
  writeFiles(root, { '.measured/syncing': '', 'posts/good.mdx': good });
  expect(await runProjectCommand(root, 'build')).toMatchObject({ code: 0 });
  expect(besideDist(root)).toEqual([]);
});

test.runIf(process.getuid?.() === 0)('a dist that is a mounted volume is built into', async () => {
  const root = project();
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(root, 'dist')]);
  onTestFinished(() => void execFileSync('umount', [join(root, 'dist')]));
  writeFiles(root, { 'dist/index.html': 'old' });
  expect(await runProjectCommand(root, 'build')).toMatchObject({ code: 0 });
  expect([...pages(root).keys()]).toContain('dist/posts/good/index.html');
  expect(readdirSync(join(root, 'dist')).filter((name) => name.startsWith('.'))).toEqual([]);
});

/** Mounts a small disk at a folder, with `mount`'s options; false if this user may not. */
function mount(options: string, folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    onTestFinished(() => void execFileSync('umount', [folder]));
    return true;
  } catch {
    return false;
  }
}

// Full at the start, while the code is bundled, and while pages are written.
test.each([4, 400, 1200])(
  'a disk with %d kB free: the build reports it and keeps the last site; with space the next build succeeds',
  async (free) => {
    const root = makeTempFolder();
    folders.push(root);
    if (!mount('size=64m', root)) return console.warn('skipped, since this user cannot mount a disk');
    cpSync(good, root, { recursive: true });
    const used = Number(execFileSync('df', ['-k', '--output=used', root]).toString().split('\n')[1]);
    execFileSync('mount', ['-o', `remount,size=${used + free}k`, root]);
    const { code, output } = await runProjectCommand(root, 'build');
    expect(output).toMatch(/^the disk of .* is full \(\d+ kB are free\): make room, then build again$/m);
    expect(code).not.toBe(0);
    expect([...pages(root).keys()]).toEqual(['dist/index.html']);
    expect(besideDist(root)).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=64m', root]);
    expect(await runProjectCommand(root, 'build')).toMatchObject({ code: 0 });
    expect(differences(undisturbed, pages(root))).toEqual([]);
    expect(besideDist(root)).toEqual([]);
  },
);
