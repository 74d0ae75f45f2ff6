/** Atomic replacement of the output folder: all or nothing, for folders, links and mounts, and after a kill at any moment. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { swapDirectory } from '../../src/site/output/swap-directory.ts';
import { repository, textsBelow, writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const code = new URL('../../src/site/output/swap-directory.ts', import.meta.url).href;
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** A temporary folder with an old site in `dist`. */
function site(): { place: string; dist: string } {
  const place = temporaryFolder({ 'dist/index.html': 'old', 'dist/old/index.html': 'old' });
  return { place, dist: join(place, 'dist') };
}

const NEW = { 'index.html': 'new', 'new/index.html': 'new' };
const OLD = { 'index.html': 'old', 'old/index.html': 'old' };

const silent = (message: string) => {
  throw new Error(message);
};

function build(dist: string): void {
  const { building, finish } = swapDirectory(dist, silent);
  writeFiles(building, NEW);
  finish();
}

/** The same in a child process: as another user, or killed before the `killed`th rename of the site. */
function child(
  dist: string,
  { uid, killed, fails = false }: { uid?: number; killed?: number; fails?: boolean } = {},
): { signal: string | null; said: string } {
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import { dirname } from 'node:path';
    const rename = fs.renameSync;
    let left = ${killed ?? 'Infinity'};
    let armed = false;
    fs.renameSync = (from, to) => {
      if (armed && left-- === 0) process.kill(process.pid, 'SIGKILL');
      rename(from, to);
    };
    syncBuiltinESMExports();
    const { swapDirectory } = await import(${JSON.stringify(code)});
    try {
      const { building, finish } = swapDirectory(${JSON.stringify(dist)}, console.log);
      for (const [path, text] of Object.entries(${JSON.stringify(NEW)})) {
        fs.mkdirSync(dirname(building + '/' + path), { recursive: true });
        fs.writeFileSync(building + '/' + path, text);
      }
      if (${fails}) throw new Error('it fails');
      armed = true;
      finish();
    } catch (error) {
      console.log(error.message);
    }`;
  const user = uid === undefined ? {} : { uid, gid: uid };
  const { signal, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], user);
  return { signal, said: `${stdout}${stderr}`.trim() };
}

test('the new site replaces the old one and leaves nothing beside it', () => {
  const { place, dist } = site();
  build(dist);
  expect(textsBelow(place)).toEqual({ 'dist/index.html': 'new', 'dist/new/index.html': 'new' });
  rmSync(dist, { recursive: true });
  build(dist);
  expect(textsBelow(place)).toEqual({ 'dist/index.html': 'new', 'dist/new/index.html': 'new' });
});

test('the old site stays until then, and a failed build leaves nothing', () => {
  const { place, dist } = site();
  const { building } = swapDirectory(dist, silent);
  writeFiles(building, { 'index.html': 'half' });
  expect(textsBelow(dist)).toEqual(OLD);
  // A process that ends before its build is complete.
  expect(child(dist, { fails: true }).said).toBe('it fails');
  expect(textsBelow(dist)).toEqual(OLD);
  expect(readdirSync(place).filter((name) => name.endsWith('.building'))).toEqual([basename(building)]);
});

test.each([0, 1, 2])(
  'killed before rename %i, the site is back at the next start, and nothing else is left',
  (killed) => {
    const { place, dist } = site();
    // From the second rename on, the new site is in place.
    expect(child(dist, { killed }).signal).toBe(killed === 2 ? null : 'SIGKILL');
    if (killed < 2) expect(existsSync(dist)).toBe(killed === 0);
    swapDirectory(dist, silent);
    expect(textsBelow(dist)).toEqual(killed === 2 ? NEW : OLD);
    build(dist);
    expect(readdirSync(place).filter((name) => name.endsWith('.previous'))).toEqual([]);
  },
);

test('folders in use and folders of others are left alone', () => {
  const { place, dist } = site();
  const first = swapDirectory(dist, silent);
  writeFiles(first.building, { 'index.html': 'first' });
  for (const name of ['.dist.1.building', '.yarn.lock', '.dist.lock', 'dist/.x.lock'])
    writeFiles(place, { [`${name}/mine`]: '' });
  build(dist);
  expect(textsBelow(dist)).toEqual(NEW);
  first.finish();
  expect(textsBelow(dist)).toEqual({ 'index.html': 'first' });
  expect(readdirSync(place).sort()).toEqual(['.dist.1.building', '.dist.lock', '.yarn.lock', 'dist']);
});

test('a folder that is a checkout keeps its repository', () => {
  const { dist } = site();
  writeFiles(dist, { '.git/HEAD': 'ref' });
  build(dist);
  expect(textsBelow(dist)).toEqual({ ...NEW, '.git/HEAD': 'ref' });
});

test('a symbolic link to a folder stays a link', () => {
  const { place, dist } = site();
  const link = join(place, 'public/link');
  mkdirSync(dirname(link));
  symlinkSync(dist, link);
  build(link);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(textsBelow(dist)).toEqual(NEW);
});

describe('reported at the start of a build', () => {
  test('a broken link, and a file', () => {
    const { place } = site();
    symlinkSync(join(place, 'nothing'), join(place, 'link'));
    expect(() => swapDirectory(join(place, 'link'), silent)).toThrow(/link is a link that leads nowhere \(ENOENT\)/);
    expect(() => swapDirectory(join(place, 'dist/index.html'), silent)).toThrow(/index\.html is no folder/);
  });

  test('a folder that is not writable', () => {
    const { place, dist } = site();
    chmodSync(place, 0o777);
    chmodSync(dist, 0o555);
    expect(child(dist, isRoot ? { uid: nobody } : {}).said).toMatch(/dist cannot be written \(EACCES\): make it yours/);
    expect(readdirSync(place)).toEqual(['dist']);
    expect(textsBelow(dist)).toEqual(OLD);
  });
});

/** A `dist` that cannot be renamed, since its parent is not writable. */
function fixedInPlace(): { place: string; dist: string } {
  const { place, dist } = site();
  for (const path of [dist, join(dist, 'old'), join(dist, 'index.html'), join(dist, 'old/index.html')])
    chmodSync(path, 0o777);
  chmodSync(place, 0o555);
  return { place, dist };
}

describe('a folder that cannot be renamed has its entries replaced', () => {
  const user = isRoot ? { uid: nobody } : {};

  test('entry by entry, and nothing else', () => {
    const { place, dist } = fixedInPlace();
    expect(child(dist, user)).toEqual({ signal: null, said: '' });
    chmodSync(place, 0o777);
    expect(textsBelow(dist)).toEqual(NEW);
  });

  test.each([0, 1, 2, 3])('killed before rename %i, it still has all old files', (killed) => {
    const { place, dist } = fixedInPlace();
    expect(child(dist, { ...user, killed }).signal).toBe('SIGKILL');
    child(join(place, 'nowhere/dist'));
    expect(child(dist, { ...user, killed: 0 }).signal).toBe('SIGKILL');
    chmodSync(place, 0o777);
    expect(textsBelow(dist)).toMatchObject(OLD);
    swapDirectory(dist, silent);
    expect(readdirSync(dist).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

test('a build restores the site that a killed build moved away, even if its experiments fail', () => {
  const { place, dist } = site();
  for (const name of ['package.json', 'src', 'node_modules']) symlinkSync(join(repository, name), join(place, name));
  writeFiles(place, { 'experiments/broken.ts': 'export default {' });
  renameSync(dist, join(place, `.dist.${randomUUID()}.previous`));
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: place, encoding: 'utf8' });
  expect(stdout + stderr).toContain('experiments/broken.ts');
  expect(status).not.toBe(0);
  expect(textsBelow(dist)).toEqual(OLD);
});

const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;
if (!canMount) console.warn('a mounted dist is not tried: this user may not mount');

test.runIf(canMount)('a mounted volume', () => {
  const { place, dist } = site();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', dist]);
  onTestFinished(() => void execFileSync('umount', [dist]));
  writeFiles(dist, { 'index.html': 'old' });
  build(dist);
  expect(textsBelow(dist)).toEqual(NEW);
  // A bind mount is on the same file system.
  const bound = join(place, 'bound');
  mkdirSync(bound);
  const source = join(place, 'source');
  writeFiles(source, { 'index.html': 'old' });
  execFileSync('mount', ['--bind', source, bound]);
  onTestFinished(() => void execFileSync('umount', [bound]));
  build(bound);
  expect(textsBelow(source)).toEqual(NEW);
});
