/** What builds keep: the same value with it and without, whatever befell the files; and never what other code made. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeDigest } from '../../src/site/keeping.ts';
import { keepIn, made } from '../../src/site/made.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'made-'));
});
afterEach(() => {
  keepIn(undefined);
  rmSync(folder, { recursive: true });
});

const value = { svg: '<svg>ü</svg>', rows: [{ x: 1.5, y: null }] };

describe('what is made', () => {
  test('is made once for the same things, and anew for others', async () => {
    keepIn(folder);
    let times = 0;
    const make = () => ({ ...value, times: ++times });
    const first = await made('figure', ['a', 1], make);
    expect(await made('figure', ['a', 1], make)).toEqual(first);
    expect(times).toBe(1);
    for (const [kind, from] of [
      ['figure', ['a', 2]],
      ['figure', ['a']],
      ['social', ['a', 1]],
    ] as const)
      await made(kind, from, make);
    expect(times).toBe(4);
  });

  test('is what a later build reads, from the first time on', async () => {
    keepIn(folder);
    const make = () => ({ lost: undefined, zero: -0, date: new Date(0) }) as unknown;
    const first = await made('figure', [], make);
    expect(first).toEqual({ zero: 0, date: '1970-01-01T00:00:00.000Z' });
    expect(await made('figure', [], () => 'not asked')).toEqual(first);
  });

  test('outside of builds is made each time, and leaves no file', async () => {
    let times = 0;
    for (const _ of [1, 2]) await made('figure', [], () => ++times);
    expect(times).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('with an error is an error, and is not kept', async () => {
    keepIn(folder);
    const broken = made('figure', [], () => {
      throw new Error('no such chart');
    });
    await expect(broken).rejects.toThrow('no such chart');
    expect(await made('figure', [], () => 'drawn')).toBe('drawn');
  });

  test('where nothing can be written is made each time', async () => {
    writeFileSync(join(folder, 'occupied'), '');
    keepIn(join(folder, 'occupied'));
    let times = 0;
    for (const _ of [1, 2]) expect(await made('figure', [], () => ++times)).toBe(times);
    expect(times).toBe(2);
  });

  test('from files spoilt in any way is the same', async () => {
    keepIn(folder);
    await made('figure', [], () => value);
    const [name] = readdirSync(folder);
    const whole = readFileSync(join(folder, name!));
    const part = fc.nat({ max: whole.length });
    await fc.assert(
      fc.asyncProperty(part, part, fc.uint8Array({ maxLength: 8 }), async (from, to, more) => {
        writeFileSync(join(folder, name!), Buffer.concat([whole.subarray(0, from), more, whole.subarray(to)]));
        expect(await made('figure', [], () => value)).toEqual(value);
        expect(readFileSync(join(folder, name!)).equals(whole)).toBe(true);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('the code that it counts for', () => {
  const repository = fileURLToPath(new URL('../../', import.meta.url));
  const digest = () => codeDigest({ root: pathToFileURL(`${folder}/`), srcDir: pathToFileURL(join(folder, 'src/')) });

  beforeEach(() => {
    for (const part of ['src/figure', 'package.json', 'astro.config.mjs'])
      cpSync(join(repository, part), join(folder, part), { recursive: true });
    cpSync(join(repository, 'tests/fixtures/site/experiments'), join(folder, 'experiments'), { recursive: true });
    mkdirSync(join(folder, 'experiments/shared'));
    writeFileSync(join(folder, 'experiments/shared/spread.ts'), 'export const spread = 1;\n');
    mkdirSync(join(folder, 'node_modules/astro'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/astro/package.json'), '{ "name": "astro" }');
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
  });

  test.each([
    'src/figure/theme.ts',
    'experiments/dice.charts.ts',
    'experiments/shared/spread.ts',
    'package.json',
    'astro.config.mjs',
    'node_modules/.package-lock.json',
  ])('changes with %s', (file) => {
    const before = digest();
    expect(digest()).toBe(before);
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}\n`);
    expect(digest()).not.toBe(before);
  });

  test('changes with a file that comes or goes', () => {
    const before = digest();
    writeFileSync(join(folder, 'src/figure/more.ts'), '');
    expect(digest()).not.toBe(before);
    rmSync(join(folder, 'src/figure/more.ts'));
    expect(digest()).toBe(before);
  });
});
