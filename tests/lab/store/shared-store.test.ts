/** A store that is down, slow, full or lies costs a warning and the work, never a result. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readOptions } from '../../../src/lab/cli/options.ts';
import { runOptionsOf } from '../../../src/lab/cli/run-reported.ts';
import { LabError } from '../../../src/lab/errors.ts';
import type { Task } from '../../../src/lab/plan/plan.ts';
import { entryText } from '../../../src/lab/store/cache.ts';
import { httpStore } from '../../../src/lab/store/http-store.ts';
import { openStore } from '../../../src/lab/store/shared-store.ts';
import { type Answer, entriesOf, localRun, runWith, storeServer, sums, token } from './store-server.ts';

/** The cache of a run without a store. */
let local: Readonly<Record<string, string>>;
let tasks: readonly Task[];

beforeEach(async () => {
  ({ cache: local, tasks } = await localRun());
});

const bytes = { ac: 100_000, cas: 100_000 };
/** Limits for an answer that never begins, for one that never ends, and for others, which a busy machine may delay. */
const limitsFor = (reason: string) => ({
  answer: reason === 'no answer within 0.3 s' ? 300 : 120_000,
  end: reason === 'no answer within 0.6 s' ? 600 : 120_000,
  bytes,
});

const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end('<p>An error</p>');

test('a store with all results is asked once for each, no task runs, and the cache has the same bytes', async () => {
  const server = await storeServer(entriesOf(local));
  expect(await runWith(sums(), { store: server.store() })).toEqual({
    run: 0,
    fetched: 12,
    said: [],
    failures: [],
    cache: local,
  });
  expect(server.requests).toEqual(Array(12).fill({ method: 'GET', authorization: undefined }));
});

test('an empty store is filled with the bytes of the cache', async () => {
  const server = await storeServer();
  expect(await runWith(sums(), { store: server.store() })).toMatchObject({ run: 12, said: [], cache: local });
  expect([...server.entries].sort()).toEqual(entriesOf(local).sort());
});

test('without a token nothing is written, and nothing is said of it', async () => {
  const server = await storeServer();
  const store = openStore('/', server.address, '');
  expect(await runWith(sums(), { store })).toMatchObject({ run: 12, said: [], cache: local });
  expect(server.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('a result that is cached is not asked for', async () => {
  const project = sums();
  await runWith(project);
  const server = await storeServer();
  expect(await runWith(project, { store: server.store() })).toMatchObject({ run: 0, said: [], cache: local });
  expect(server.requests).toEqual([]);
});

describe('a store that answers reading with', () => {
  test.each<[string, Answer, string]>([
    ['500', status(500), '500 Internal Server Error'],
    ['403', status(403), '403 Forbidden'],
    ['401', status(401), '401 Unauthorized'],
    ['429', status(429), '429 Too Many Requests'],
    ['300 without a place', status(300), '300 Multiple Choices'],
    [
      'an endless body',
      (_, response) => {
        response.writeHead(200);
        const more = () => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)));
        more();
      },
      'its answer has more than 100000 bytes',
    ],
    [
      'an endless body that a few bytes unpack to',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
      },
      'its answer has more than 100000 bytes',
    ],
    ['nothing, ever', (_, response) => response.flushHeaders === undefined, 'no answer within 0.3 s'],
    [
      'a head, then nothing',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.flushHeaders();
      },
      'no answer within 0.6 s',
    ],
    [
      'a body that is cut',
      (_, response, entry) => {
        response.writeHead(200, { 'content-length': entry!.length });
        response.write(entry!.slice(0, 100), () => response.destroy());
      },
      'other side closed',
    ],
    [
      'a body of no length that is cut',
      (_, response, entry) => {
        response.writeHead(200);
        response.write(entry!.slice(0, 100), () => response.destroy());
      },
      'other side closed',
    ],
    ['a closed connection', (request) => void request.socket.destroy(), 'other side closed'],
    [
      'a redirection to itself',
      (request, response) => void response.writeHead(302, { location: request.url }).end(),
      'redirect count exceeded',
    ],
    [
      'a redirection to nowhere',
      (_, response) => void response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end(),
      'bad port',
    ],
    [
      'what is no gzip but says so',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no'),
      'incorrect header check',
    ],
  ])('%s', async (name, answer, reason) => {
    const never = name === 'nothing, ever';
    const server = await storeServer(entriesOf(local), (request, response, entry) => {
      if (request.method !== 'GET') return;
      // What is never sent has been sent as far as the server is concerned.
      if (never) Object.defineProperty(response, 'headersSent', { value: true });
      else answer(request, response, entry);
    });
    expect(await runWith(sums(), { store: httpStore(new URL(server.address), undefined, limitsFor(reason)) })).toEqual({
      run: 12,
      fetched: 0,
      said: [`${server.address}: 12 results could not be read (${reason})`],
      failures: [],
      cache: local,
    });
  });
});

test('a store that does not listen', async () => {
  const { address } = await new Promise<{ address: string }>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done({ address: `http://127.0.0.1:${port}` }));
    });
  });
  const project = sums();
  vi.stubEnv('MEASURED_CACHE_TOKEN', token);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { code, output } = await project.cli('--cache', address);
  expect(output.split('\n').filter((line) => line.startsWith('http'))).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: 12 results could not be read \(connect ECONNREFUSED .*\)$/),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: 12 results could not be written \(connect ECONNREFUSED .*\)$/),
  ]);
  expect(code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(local);
});

test.each([
  ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', /\(Response does not match the HTTP/],
  ['steers the terminal', 'HTTP/1.1 599 \x1b[2JGone\r\ncontent-length: 0\r\n\r\n', /\(599 \[2JGone\)$/],
])('a server that %s', async (_name, answer, reason) => {
  const server = createServer((socket) => void socket.on('error', () => {}).end(answer));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { said, ...rest } = await runWith(sums(), { store: httpStore(url, undefined, limitsFor('')) });
  expect(said).toEqual([expect.stringMatching(reason)]);
  expect(rest).toMatchObject({ run: 12, cache: local });
});

describe('an entry from elsewhere is not taken that is', () => {
  const record = '{"parts":[1,2],"sum":3}';
  test.each<[string, (entry: string, task: Task, other: string) => string | Buffer]>([
    ['a page', () => '<!doctype html><title>Not here</title>'],
    ['empty', () => ''],
    ['half', (entry) => entry.slice(0, entry.length / 2)],
    ['longer', (entry) => `${entry}\n`],
    ['altered in one digit', (entry) => entry.replace(/\d(?=\D*$)/, (digit) => `${(Number(digit) + 1) % 10}`)],
    ['of another task', (_, __, other) => other],
    ['marked as UTF-8', (entry) => `\ufeff${entry}`],
    ['in UTF-16', (entry) => Buffer.from(entry, 'utf16le')],
    ['with nonsense', (_, task) => entryText(task, 'nonsense')],
    ['with null', (_, task) => entryText(task, 'null')],
    ['with an object', (_, task) => entryText(task, '{"length":1}')],
    ['without records', (_, task) => entryText(task, '[]')],
    ['with a record too many', (_, task) => entryText(task, `[${record},${record}]`)],
    ['with a record that is a list', (_, task) => entryText(task, '[[]]')],
    ['with a record of another type', (_, task) => entryText(task, '[{"parts":[],"sum":"3"}]')],
    ['with a record that lacks a field', (_, task) => entryText(task, '[{"parts":[]}]')],
    ['with a field too many', (_, task) => entryText(task, '[{"more":1,"parts":[],"sum":3}]')],
    ['with a number that is none', (_, task) => entryText(task, '[{"parts":[],"sum":1e999}]')],
    ['with fields in another order', (_, task) => entryText(task, '[{"sum":3,"parts":[1,2]}]')],
    ['with spaces', (_, task) => entryText(task, `[ ${record}]`)],
    ['with a number in another form', (_, task) => entryText(task, '[{"parts":[1,2],"sum":3.0}]')],
    ['with a field twice', (_, task) => entryText(task, '[{"parts":[1,2],"sum":4,"sum":3}]')],
    ['nested deeply', (_, task) => entryText(task, `[{"parts":${'['.repeat(1e5)}${']'.repeat(1e5)},"sum":3}]`)],
  ])('%s', async (_name, spoil) => {
    const server = await storeServer(entriesOf(local), (request, response, entry) => {
      const at = tasks.findIndex(({ key }) => request.url === `/ac/${key}`);
      const other = local[`.measured/cache/sums/${tasks[(at + 1) % 12]!.key}.json`]!;
      response.writeHead(200).end(spoil(entry!, tasks[at]!, other));
    });
    expect(await runWith(sums(), { store: openStore('/', server.address, undefined) })).toEqual({
      run: 12,
      fetched: 0,
      said: [`${server.address}: 12 results damaged or not of the task that was asked for`],
      failures: [],
      cache: local,
    });
  });

  test('the only one of its kind; the others are', async () => {
    const server = await storeServer(entriesOf(local));
    server.entries.set(`/ac/${tasks[5]!.key}`, 'torn');
    expect(await runWith(sums(), { store: openStore('/', server.address, undefined) })).toEqual({
      run: 1,
      fetched: 11,
      said: [`${server.address}: 1 result damaged or not of the task that was asked for`],
      failures: [],
      cache: local,
    });
  });
});

describe('a store may answer reading with', () => {
  test.each<[string, Answer]>([
    [
      'a redirection to the right place',
      (request, response) =>
        request.url!.startsWith('/ac/') && void response.writeHead(307, { location: `/else${request.url}` }).end(),
    ],
    [
      'gzip',
      (_, response, entry) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(entry!)),
    ],
    [
      'brotli',
      (_, response, entry) =>
        void response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(entry!)),
    ],
    ['another type', (_, response, entry) => void response.writeHead(200, { 'content-type': 'text/html' }).end(entry)],
  ])('%s', async (_name, answer) => {
    const both = entriesOf(local).flatMap(([path, text]): [string, string][] => [
      [path, text],
      [`/else${path}`, text],
    ]);
    const server = await storeServer(both, answer);
    expect(await runWith(sums(), { store: server.store() })).toMatchObject({
      run: 0,
      fetched: 12,
      said: [],
      cache: local,
    });
  });
});

describe('a store that answers writing with', () => {
  test.each<[string, Answer, string]>([
    ['401', status(401), '401 Unauthorized'],
    ['403', status(403), '403 Forbidden'],
    ['404', status(404), '404 Not Found'],
    ['405', status(405), '405 Method Not Allowed'],
    ['413 before it has read', status(413), '413 Payload Too Large'],
    ['507', status(507), '507 Insufficient Storage'],
    [
      'nothing, ever',
      (_, response) => void Object.defineProperty(response, 'headersSent', { value: true }),
      'no answer within 0.6 s',
    ],
    ['a closed connection', (request) => void request.socket.destroy(), 'other side closed'],
  ])('%s', async (_name, answer, reason) => {
    const server = await storeServer([], (request, response, entry) => {
      if (request.method === 'PUT') answer(request, response, entry);
    });
    expect(await runWith(sums(), { store: server.store(limitsFor(reason)) })).toEqual({
      run: 12,
      fetched: 0,
      said: [`${server.address}: 12 results could not be written (${reason})`],
      failures: [],
      cache: local,
    });
  });
});

test('a dead store is asked some dozen times, whatever there is to ask', async () => {
  const project = sums();
  project.edit('experiments/sums.ts', 'seeds: 3', 'seeds: 50');
  const server = await storeServer([], status(503));
  const { run, said } = await runWith(project, { store: server.store() });
  expect(run).toBe(200);
  expect(said).toEqual([
    `${server.address}: 200 results could not be read (503 Service Unavailable)`,
    `${server.address}: 200 results could not be written (503 Service Unavailable)`,
  ]);
  const count = (of: string) => server.requests.filter(({ method }) => method === of).length;
  expect(count('GET')).toBeLessThanOrEqual(36);
  expect(count('PUT')).toBeLessThanOrEqual(36);
});

test('a store that fails now and then is asked on', async () => {
  let asked = 0;
  const server = await storeServer(entriesOf(local), (_, response) => {
    if (asked++ % 2 === 0) response.writeHead(502).end();
  });
  expect(await runWith(sums(), { store: httpStore(new URL(server.address), undefined) })).toMatchObject({
    run: 6,
    fetched: 6,
    said: [`${server.address}: 6 results could not be read (502 Bad Gateway)`],
    cache: local,
  });
});

describe('the token', () => {
  test.each([
    ['secret', 'Bearer secret'],
    [' secret\r\n', 'Bearer secret'],
    ['user:pass word', `Basic ${Buffer.from('user:pass word').toString('base64')}`],
    ['user:pässwörd', `Basic ${Buffer.from('user:pässwörd').toString('base64')}`],
  ])('%j is sent as %s, with what is written alone', async (text, expected) => {
    const server = await storeServer();
    await runWith(sums(), { store: openStore('/', server.address, text) });
    const sent = (of: string) =>
      server.requests.filter(({ method }) => method === of).map(({ authorization }) => authorization);
    expect(new Set(sent('PUT'))).toEqual(new Set([expected]));
    expect(new Set(sent('GET'))).toEqual(new Set([undefined]));
  });

  test.each(['two words', 'two\nlines', 'schlüssel'])('%j is refused, and not shown', (text) => {
    const open = () => openStore('/', 'https://store.example', text);
    expect(open).toThrow('MEASURED_CACHE_TOKEN has a space or another character that no token has');
  });
});

test.each([
  [['--cache', 'htps://store.example'], 'htps://store.example: a store of results is an address of http or https'],
  [['--cache', 'redis://store.example'], 'redis://store.example: a store of results is an address of http or https'],
  [['--cache', 'store.example:8080'], 'store.example:8080: a store of results is an address of http or https'],
  [['--cache', 'https://'], 'https://: a store of results is'],
  [['--cache', 'http://user:geheim@store.example'], 'store.example: the address of a store has no password in it'],
  [['--cache', 'https://store.example/?a=1'], 'https://store.example/?a=1: '],
  [['--cache', 'https://store.example/?'], ', without ? and #'],
  [['--cache', 'https://store.example/#a'], ', without ? and #'],
  [['--cache', 'file://store.example/a'], 'the folder of a store is file:///path, or the path alone'],
  [['--cache', ''], '--cache needs an address or a folder'],
  [['--cache'], "'--cache <value>' argument missing"],
  [['--cache', '--no-cache'], "'--cache' argument is ambiguous"],
  [['--cache', 'store', '--no-cache'], '--cache and --no-cache: one of them'],
  [['--audit', '0%'], '--audit needs a share such as 2%, above 0% and at most 100%: 0%'],
  [['--audit', '101%'], '--audit needs a share such as 2%, above 0% and at most 100%: 101%'],
  [['--audit', '2'], 'at most 100%: 2'],
  [['--audit', 'x'], 'at most 100%: x'],
  [['--audit'], "'--audit <value>' argument missing"],
  [['--shard', '0/3'], '--shard needs a slice such as 3/8, from 1/8 to 8/8: 0/3'],
  [['--shard', '4/3'], 'from 1/8 to 8/8: 4/3'],
  [['--shard', '1/0'], 'from 1/8 to 8/8: 1/0'],
  [['--shard', '1/1e9'], 'from 1/8 to 8/8: 1/1e9'],
  [['--shard', 'x'], 'from 1/8 to 8/8: x'],
  [['--times', ''], '--times needs a file'],
  [['--on', 'redis://queue.example'], '--on needs --cache'],
  [['--on', 'redis://queue.example', '--cache', 'store', '--shard', '1/2'], '--on and --shard: one of them'],
])('%j is refused', (args, message) => {
  const open = () => runOptionsOf('/', readOptions(args), () => {});
  expect(open).toThrow(LabError);
  expect(open).toThrow(message);
  expect(open).not.toThrow('geheim');
});

test('what is refused exits with 1 and runs nothing', async () => {
  const project = sums();
  expect(await project.cli('--cache', 'redis://store.example')).toEqual({
    code: 1,
    output: expect.stringMatching(/^redis:.* a store of results is an address of http or https, or a folder\n$/),
  });
  expect(project.files('.measured')).toEqual({});
});
