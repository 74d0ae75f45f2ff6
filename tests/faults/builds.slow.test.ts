/** Builds that meet: two at once in one folder both end well, and what a killed one left is cleared away. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { command, copyOf, goodProject, lay, makeFolder } from '../hostile/project.ts';

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

/** The pages of a build that nothing disturbs, built once. */
let undisturbed: Promise<Record<string, string>> | undefined;
async function builtAlone(): Promise<Record<string, string>> {
  const root = project();
  expect(await command(root, 'build')).toMatchObject({ code: 0 });
  return pages(root);
}
const whole = () => (undisturbed ??= builtAlone());

test('two builds at once both succeed, and leave one whole site', async () => {
  const shared = project();
  const both = await Promise.all([command(shared, 'build'), command(shared, 'build')]);
  expect(
    both.map(({ code }) => code),
    both.map(({ output }) => output).join('\n'),
  ).toEqual([0, 0]);
  expect(pages(shared)).toEqual(await whole());
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

/** Mounts a small disk at a folder, with `mount`'s options; false where this machine does not let us. */
function mount(options: string, folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    onTestFinished(() => void execFileSync('umount', [folder]));
    return true;
  } catch {
    return false;
  }
}

// At once, while the code is bundled, and while pages are written.
test.each([4, 400, 1200])(
  'a disk with %d kB free: the build says so, the last site stands, and with room the next is whole',
  async (room) => {
    const root = makeFolder();
    folders.push(root);
    if (!mount('size=64m', root)) return console.warn('skipped, since this user cannot mount a disk');
    cpSync(good, root, { recursive: true });
    const used = Number(execFileSync('df', ['-k', '--output=used', root]).toString().split('\n')[1]);
    execFileSync('mount', ['-o', `remount,size=${used + room}k`, root]);
    const { code, output } = await command(root, 'build');
    expect(output).toMatch(/^the disk of .* is full \(\d+ kB are free\): make room, then build again$/m);
    expect(code).not.toBe(0);
    expect(Object.keys(pages(root))).toEqual(['/dist/index.html']);
    expect(besideDist(root)).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=64m', root]);
    expect(await command(root, 'build')).toMatchObject({ code: 0 });
    expect(pages(root)).toEqual(await whole());
    expect(besideDist(root)).toEqual([]);
  },
);
