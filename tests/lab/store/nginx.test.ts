/** The guide's configuration of nginx makes a store: everyone reads, who has the token writes. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/lab/store/shared-store.ts';
import { filesBelow, repository } from '../../helpers/files.ts';
import { freePort } from '../../helpers/free-port.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { entriesOf, localRun, type Run, runWith, sums } from './store-server.ts';

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(existsSync);
if (nginx === undefined) console.warn('tests of a store in nginx skipped: nginx is not installed');

const token = '0123abcDEF';

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.end());
  });

/** Starts nginx with the configuration, for the folder `root`. */
async function start(root: string): Promise<string> {
  const port = await freePort();
  const store = readFileSync(join(repository, 'tests/fixtures/nginx-store.conf'), 'utf8')
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replaceAll('/srv/measured-store', root)
    .replace('TOKEN', token);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`);
  const folder = temporaryFolder({
    'store.conf': store,
    'nginx.conf': `daemon off;
pid nginx.pid;
${process.getuid?.() === 0 ? 'user root;' : ''}
error_log stderr;
events {}
http {
  access_log off;
  ${temporary.join('\n  ')}
  include store.conf;
}
`,
  });
  const child = spawn(nginx!, ['-p', folder, '-e', 'stderr', '-c', 'nginx.conf'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr!.on('data', (chunk) => (said += chunk));
  const over = new Promise<void>((done) => child.on('exit', () => done()));
  onTestFinished(async () => {
    child.kill();
    await over;
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return `http://127.0.0.1:${port}`;
}

let local: Run['cache'];
beforeEach(async () => {
  local = (await localRun()).cache;
});

const stored = (folder: string): [string, string][] =>
  [...filesBelow(folder)].map(([path, bytes]) => [`/${path}`, bytes.toString()]);

describe.runIf(nginx !== undefined)('nginx', () => {
  test('takes what has the token, and gives it to everyone', async () => {
    const root = temporaryFolder();
    const address = await start(root);
    const first = await runWith(sums(), { store: openStore('/', address, token) });
    expect(first).toMatchObject({ run: 12, said: [], failures: [], cache: local });
    expect(stored(root)).toEqual(entriesOf(local).sort());
    const second = await runWith(sums(), { store: openStore('/', address, undefined) });
    expect(second).toMatchObject({ run: 0, fetched: 12, said: [], cache: local });
  });

  test.each(['wrong', `${token}0`, token.toLowerCase(), `user:${token}`])(
    'refuses the token %s, whose results stay here',
    async (wrong) => {
      const root = temporaryFolder();
      const address = await start(root);
      const { said, ...rest } = await runWith(sums(), { store: openStore('/', address, wrong) });
      expect(rest).toMatchObject({ run: 12, failures: [], cache: local });
      expect(said).toEqual([`${address}: 12 results could not be written (403 Forbidden)`]);
      expect(stored(root)).toEqual([]);
    },
  );

  test('lets nobody else write, delete, list, or leave the two folders', async () => {
    const root = temporaryFolder({ secret: 'x' });
    const address = await start(root);
    const key = 'a'.repeat(64);
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (method: string, path: string, options: RequestInit = {}) =>
      (await fetch(address + path, { method, ...options })).status;
    expect(await ask('PUT', `/ac/${key}`, { body: 'x' })).toBe(403);
    expect(await ask('PUT', '/else', { body: 'x', headers })).toBe(404);
    expect(await ask('PUT', '/ac/../secret', { body: 'y', headers })).toBe(404);
    expect(await ask('PUT', `/ac/${key.toUpperCase()}`, { body: 'x', headers })).toBe(404);
    expect(await ask('PUT', `/cas/${key}`, { body: 'x', headers })).toBe(201);
    expect(await ask('DELETE', `/cas/${key}`, { headers })).toBe(403);
    expect(await ask('POST', `/cas/${key}`, { headers, body: 'x' })).toBe(403);
    expect(await ask('GET', '/ac/')).toBe(404);
    expect(await ask('GET', '/secret')).toBe(404);
    expect(await ask('GET', `/cas/${key}`)).toBe(200);
    expect(await ask('HEAD', `/cas/${key}`)).toBe(200);
    // Many contents are larger than what nginx takes by default, a megabyte.
    expect(await ask('PUT', `/cas/${key}`, { body: Buffer.alloc(3e6), headers })).toBe(204);
    expect(stored(root).map(([path]) => path)).toEqual([`/cas/${key}`, '/secret']);
  });

  test.runIf(process.getuid?.() === 0)('with a full disk keeps what fitted, whole', async () => {
    const root = join(temporaryFolder(), 'disk');
    mkdirSync(root);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'tmpfs', root]);
    onTestFinished(() => void execFileSync('umount', [root]));
    const address = await start(root);
    const { said, ...rest } = await runWith(sums(), { store: openStore('/', address, token) });
    expect(rest).toMatchObject({ run: 12, failures: [], cache: local });
    expect(said).toEqual([expect.stringMatching(/: \d+ results could not be written \(50[07] .*\)$/)]);
    const kept = stored(root);
    expect(kept.length).toBeGreaterThan(0);
    expect(entriesOf(local)).toEqual(expect.arrayContaining(kept));
    expect(await runWith(sums(), { store: openStore('/', address, undefined) })).toMatchObject({
      fetched: kept.length,
      cache: local,
    });
  });
});
