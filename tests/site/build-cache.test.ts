/** The build cache: a value is the same with and without it, also if its files are damaged; other code invalidates an entry. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached, setBuildCache } from '../../src/site/output/build-cache.ts';
import { codeDigest } from '../../src/site/output/build-cache-integration.ts';
import { repository, writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => setBuildCache(undefined));

const value = { svg: '<svg>ü</svg>', rows: [{ x: 1.5, y: null }] };

describe('a cached value', () => {
  test('is computed once for the same inputs, and again for others', async () => {
    setBuildCache(folder);
    let times = 0;
    const make = () => ({ ...value, times: ++times });
    const first = await cached('figure', ['a', 1], make);
    expect(await cached('figure', ['a', 1], make)).toEqual(first);
    expect(times).toBe(1);
    for (const [kind, from] of [
      ['figure', ['a', 2]],
      ['figure', ['a']],
      ['social', ['a', 1]],
    ] as const)
      await cached(kind, from, make);
    expect(times).toBe(4);
  });

  test('is what a later build reads, already when it is first computed', async () => {
    setBuildCache(folder);
    const make = () => ({ lost: undefined, zero: -0, date: new Date(0) }) as unknown;
    const first = await cached('figure', [], make);
    expect(first).toEqual({ zero: 0, date: '1970-01-01T00:00:00.000Z' });
    expect(await cached('figure', [], () => 'not asked')).toEqual(first);
  });

  test('is computed each time outside of builds, and leaves no file', async () => {
    let times = 0;
    for (const _ of [1, 2]) await cached('figure', [], () => ++times);
    expect(times).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that throws is not cached', async () => {
    setBuildCache(folder);
    const broken = cached('figure', [], () => {
      throw new Error('no such chart');
    });
    await expect(broken).rejects.toThrow('no such chart');
    expect(await cached('figure', [], () => 'drawn')).toBe('drawn');
  });

  test('is computed each time if the folder is not writable', async () => {
    writeFileSync(join(folder, 'occupied'), '');
    setBuildCache(join(folder, 'occupied'));
    let times = 0;
    for (const _ of [1, 2]) expect(await cached('figure', [], () => ++times)).toBe(times);
    expect(times).toBe(2);
  });

  test('is the same if its file is damaged in any way', async () => {
    setBuildCache(folder);
    await cached('figure', [], () => value);
    const [name] = readdirSync(folder);
    const whole = readFileSync(join(folder, name!));
    const part = fc.nat({ max: whole.length });
    await fc.assert(
      fc.asyncProperty(part, part, fc.uint8Array({ maxLength: 8 }), async (from, to, more) => {
        writeFileSync(join(folder, name!), Buffer.concat([whole.subarray(0, from), more, whole.subarray(to)]));
        expect(await cached('figure', [], () => value)).toEqual(value);
        expect(readFileSync(join(folder, name!)).equals(whole)).toBe(true);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('the digest of the code', () => {
  const digest = () =>
    codeDigest(
      { root: pathToFileURL(`${folder}/`), srcDir: pathToFileURL(join(folder, 'src/')) },
      join(folder, 'package/src'),
    );

  beforeEach(() => {
    cpSync(join(repository, 'src/figure'), join(folder, 'package/src/figure'), { recursive: true });
    const blog = join(repository, 'tests/fixtures/site');
    for (const part of ['src', 'experiments', 'astro.config.mjs'])
      cpSync(join(blog, part), join(folder, part), { recursive: true });
    writeFiles(folder, {
      'package.json': '{}',
      'src/pages/about.astro': '',
      'experiments/shared/halves.ts': 'export const half = 1 / 2;\n',
      'node_modules/astro/package.json': '{ "name": "astro" }',
      'node_modules/.package-lock.json': '{}',
    });
  });

  test.each([
    'package/src/figure/theme.ts',
    'src/content.config.ts',
    'src/pages/about.astro',
    'experiments/dice.charts.ts',
    'experiments/shared/halves.ts',
    'package.json',
    'astro.config.mjs',
    'node_modules/.package-lock.json',
  ])('changes with %s', (file) => {
    const before = digest();
    expect(digest()).toBe(before);
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}\n`);
    expect(digest()).not.toBe(before);
  });

  test('changes with an added or removed file', () => {
    const before = digest();
    writeFileSync(join(folder, 'package/src/figure/more.ts'), '');
    expect(digest()).not.toBe(before);
    rmSync(join(folder, 'package/src/figure/more.ts'));
    expect(digest()).toBe(before);
  });
});
