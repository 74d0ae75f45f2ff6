/** Comparing a build with a published site, in a folder or on a host, lists each file that differs. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { differencesFrom, publishedAt } from '../../src/cli/verify/against.ts';
import { writeManifest } from '../../src/site/output/manifest.ts';
import { writeFiles } from '../helpers/files.ts';
import { serve } from '../helpers/serve.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const origin = {
  versions: { measured: '1', node: 'v1' },
  date: '2026-11-28',
  site: 'https://x.example',
  base: '/',
  results: { dice: 'a' },
};
let built = '';
let published = '';

beforeEach(() => {
  const top = temporaryFolder();
  [built, published] = [join(top, 'built'), join(top, 'published')];
  writeFiles(built, {
    'index.html': '<p>ü',
    '404.html': 'none',
    'posts/é #1/index.html': 'text',
    'a.svg': '<svg/>',
    _headers: '/*',
    'measured.json': JSON.stringify(origin),
  });
  writeManifest(built);
  cpSync(built, published, { recursive: true });
});

/** Serves the published folder below `base`. Returns its address. */
async function host(base = '/', compressed = false): Promise<string> {
  const { origin, close } = await serve(published, compressed ? { base, encoding: 'gzip' } : { base });
  onTestFinished(close);
  return origin + base;
}

const compare = (place: string): Promise<string[]> => differencesFrom(built, publishedAt(place));

test('the same files, in a folder, at an address, compressed, below a path', async () => {
  for (const place of [
    published,
    await host(),
    await host('/', true),
    await host('/blog/'),
    (await host('/a b/')).slice(0, -1),
  ])
    expect(await compare(place), place).toEqual([]);
});

test('a changed byte is reported with its position', async () => {
  writeFiles(published, { 'posts/é #1/index.html': 'tezt' });
  for (const place of [published, await host('/', true)])
    expect(await compare(place)).toEqual([
      expect.stringMatching(/^posts\/é #1\/index\.html: changed at byte 2 [\s\S]*tezt/),
    ]);
});

test('a missing file', async () => {
  rmSync(join(published, 'a.svg'));
  for (const place of [published, await host()]) expect(await compare(place)).toEqual(['a.svg: missing']);
});

test('a file that is not built from the sources: any in a folder, at an address one of its manifest', async () => {
  writeFiles(published, { 'more.html': 'more' });
  expect(await compare(published)).toEqual(['more.html: not from these sources']);
  expect(await compare(await host())).toEqual([]);
  writeFiles(published, { 'measured.json': JSON.stringify(origin) });
  writeManifest(published);
  expect(await compare(await host())).toEqual([
    expect.stringMatching(/^measured\.json: changed/),
    'more.html: not from these sources',
  ]);
});

test('files that hosts do not serve are compared in folders only', async () => {
  writeFiles(published, { _headers: '/* else' });
  expect(await compare(published)).toEqual([expect.stringMatching(/^_headers: changed/)]);
  expect(await compare(await host())).toEqual([]);
});

test('other versions and results come first, since they explain the rest', async () => {
  const other = { ...origin, versions: { measured: '1', node: 'v2' }, results: { dice: 'b' } };
  writeFiles(published, { 'measured.json': JSON.stringify(other) });
  writeManifest(published);
  expect((await compare(published)).slice(0, 2)).toEqual([
    'built with node v2, here with v1',
    'result dice: its code, data or parameters are not these (b, here a)',
  ]);
});

test('a site of another generator is an error', async () => {
  rmSync(join(published, 'measured.json'));
  for (const place of [published, await host()]) await expect(compare(place)).rejects.toThrow('has no measured.json');
  writeFiles(published, { 'measured.json': '{}' });
  await expect(compare(published)).rejects.toThrow('measured.json is no manifest');
  await expect(async () => compare(join(published, 'nowhere'))).rejects.toThrow('no folder');
});
