/** Comparing a build with a published site, in a folder or on a host, lists each file that differs. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { writeManifest } from '../../src/site/output/manifest.ts';
import { differencesFrom, publishedAt } from './against.ts';

const origin = {
  versions: { measured: '1', node: 'v1' },
  site: 'https://x.example',
  base: '/',
  results: { dice: 'a' },
};
let built = '';
let published = '';

function write(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

beforeEach(() => {
  const top = mkdtempSync(join(tmpdir(), 'measured-against-'));
  onTestFinished(() => rmSync(top, { recursive: true }));
  [built, published] = [join(top, 'built'), join(top, 'published')];
  const files = {
    'index.html': '<p>ü',
    '404.html': 'none',
    'posts/é #1/index.html': 'text',
    'a.svg': '<svg/>',
    _headers: '/*',
  };
  for (const [path, content] of Object.entries(files)) write(built, path, content);
  write(built, 'measured.json', JSON.stringify(origin));
  writeManifest(built);
  cpSync(built, published, { recursive: true });
});

/** Serves the published folder below `base` as hosts do, without `_headers`. Returns its address. */
async function host(base = '/', compressed = false): Promise<string> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url!);
    const file = join(published, path.slice(base.length), path.endsWith('/') ? 'index.html' : '');
    let [status, body] = [200, Buffer.from('')];
    try {
      if (!path.startsWith(base) || path.endsWith('_headers')) throw new Error('unknown');
      body = readFileSync(file);
    } catch {
      [status, body] = [404, readFileSync(join(published, '404.html'))];
    }
    response.writeHead(status, compressed ? { 'content-encoding': 'gzip' } : {});
    response.end(compressed ? gzipSync(body) : body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
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
  write(published, 'posts/é #1/index.html', 'tezt');
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
  write(published, 'more.html', 'more');
  expect(await compare(published)).toEqual(['more.html: not from these sources']);
  expect(await compare(await host())).toEqual([]);
  write(published, 'measured.json', JSON.stringify(origin));
  writeManifest(published);
  expect(await compare(await host())).toEqual([
    expect.stringMatching(/^measured\.json: changed/),
    'more.html: not from these sources',
  ]);
});

test('files that hosts do not serve are compared in folders only', async () => {
  write(published, '_headers', '/* else');
  expect(await compare(published)).toEqual([expect.stringMatching(/^_headers: changed/)]);
  expect(await compare(await host())).toEqual([]);
});

test('other versions and results come first, since they explain the rest', async () => {
  write(
    published,
    'measured.json',
    JSON.stringify({ ...origin, versions: { measured: '1', node: 'v2' }, results: { dice: 'b' } }),
  );
  writeManifest(published);
  expect((await compare(published)).slice(0, 2)).toEqual([
    'built with node v2, here with v1',
    'result dice: its code, data or parameters are not these (b, here a)',
  ]);
});

test('a site of another generator is an error', async () => {
  rmSync(join(published, 'measured.json'));
  for (const place of [published, await host()]) await expect(compare(place)).rejects.toThrow('has no measured.json');
  write(published, 'measured.json', '{}');
  await expect(compare(published)).rejects.toThrow('measured.json is no manifest');
  await expect(async () => compare(join(published, 'nowhere'))).rejects.toThrow('no folder');
});
