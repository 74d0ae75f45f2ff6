/** A store in a folder: shared by projects and by runs at once; what is wrong with it costs a warning. Marks and damaged entries. */
import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../src/lab/store/shared-store.ts';
import { filesBelow } from '../../helpers/files.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { entriesOf, localRun, type Run, runWith, storeServer, sums } from './store-server.ts';

let local: Run['cache'];
beforeEach(async () => {
  local = (await localRun()).cache;
});

const open = (folder: string) => openStore('/', folder, undefined);

/** What lies in a folder store, as `/ac/key` and text. */
const stored = (folder: string): [string, string][] =>
  [...filesBelow(folder)].map(([path, bytes]) => [`/${path}`, bytes.toString()]);

test('two projects share it: what one has run the other fetches', async () => {
  const folder = join(temporaryFolder(), 'made/when needed');
  expect(await runWith(sums(), { store: open(folder) })).toMatchObject({ run: 12, said: [], cache: local });
  expect(stored(folder)).toEqual(entriesOf(local).sort());
  const second = await runWith(sums(), { store: open(`file://${encodeURI(folder)}`) });
  expect(second).toMatchObject({ run: 0, fetched: 12, said: [], cache: local });
});

test('a path is relative to the project', async () => {
  const project = sums();
  expect((await project.cli('--cache', '../store')).code).toBe(0);
  expect(readdirSync(join(project.root, '../store/ac'))).toHaveLength(12);
  rmSync(join(project.root, '.measured'), { recursive: true });
  expect(await project.cli('--cache=../store')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/\nsums: 12 fetched\n$/),
  });
});

test('two runs at once fill it, without torn or temporary files', async () => {
  const folder = temporaryFolder();
  const runs = await Promise.all([sums(), sums()].map((project) => project.cli('--cache', folder)));
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(stored(folder)).toEqual(entriesOf(local).sort());
});

test.each<[string, (folder: string) => string, RegExp]>([
  [
    'is a file',
    (folder) => join(folder, 'file'),
    /^.*\/file: 12 results could not be (read|written) \((ENOTDIR|EEXIST): [a-z ]+\)$/,
  ],
  [
    'lies below a file',
    (folder) => join(folder, 'file/below'),
    /^.*\/below: 12 results could not be (read|written) \(ENOTDIR: [a-z ]+\)$/,
  ],
  [
    'has a path too long',
    (folder) => join(folder, 'a'.repeat(300)),
    /could not be (read|written) \(ENAMETOOLONG: [a-z ]+\)$/,
  ],
])('a folder that %s costs a warning for reading and one for writing', async (_name, place, warning) => {
  const folder = place(temporaryFolder({ file: 'not a folder' }));
  const { said, ...rest } = await runWith(sums(), { store: open(folder) });
  expect(rest).toEqual({ run: 12, fetched: 0, failures: [], cache: local });
  expect(said).toEqual([expect.stringMatching(warning), expect.stringMatching(warning)]);
});

test('a folder in which nothing can be made is read', async () => {
  const folder = temporaryFolder({ ac: 'not a folder' });
  const { said, ...rest } = await runWith(sums(), { store: open(folder) });
  expect(said).toHaveLength(2);
  expect(rest).toMatchObject({ run: 12, cache: local });
});

test('entries that are folders, torn or too large cost a warning each kind', async () => {
  const folder = temporaryFolder();
  const entries = entriesOf(local).map(([path, text]) => [join(folder, path), text] as const);
  mkdirSync(join(folder, 'ac'));
  for (const [file, text] of entries) writeFileSync(file, text);
  const [[first], [second], [third]] = [entries[0]!, entries[4]!, entries[8]!];
  rmSync(first);
  mkdirSync(first);
  truncateSync(second, 100);
  truncateSync(third, 2 ** 31);
  const { said, ...rest } = await runWith(sums(), { store: open(folder) });
  expect(rest).toEqual({ run: 3, fetched: 9, failures: [], cache: local });
  expect(said).toEqual([
    expect.stringMatching(/: 2 results could not be read \((EISDIR: .*|a file has more than 33554432 bytes)\)$/),
    expect.stringMatching(/: 1 result damaged or not of the task that was asked for$/),
    expect.stringMatching(/: 1 result could not be written \(.*\)$/),
  ]);
  expect(
    entries
      .filter(([file]) => file !== first)
      .map(([file]) => basename(file))
      .sort(),
  ).toEqual([...filesBelow(folder).keys()].map((path) => basename(path)));
});

test('a damaged entry of the cache is fetched again', async () => {
  const server = await storeServer(entriesOf(local));
  const project = sums();
  await runWith(project, { store: server.store() });
  const [torn, altered] = Object.keys(local);
  project.write(torn!, 'torn');
  project.write(altered!, local[altered!]!.replace('"sum":', '"sum":1'));
  expect(await runWith(project, { store: server.store() })).toMatchObject({
    run: 0,
    fetched: 2,
    said: [],
    cache: local,
  });
});

test('--force asks for nothing, runs all, and unmarks what was fetched', async () => {
  const server = await storeServer(entriesOf(local));
  const project = sums();
  await runWith(project, { store: server.store() });
  expect(Object.keys(project.files('.measured/fetched'))).toHaveLength(12);
  server.requests.length = 0;
  const forced = await runWith(project, { store: server.store(), force: true });
  expect(forced).toMatchObject({ run: 12, fetched: 0, said: [], failures: [], cache: local });
  expect(server.requests.map(({ method }) => method)).toEqual(Array(12).fill('PUT'));
  expect(project.files('.measured/fetched')).toEqual({});
});

test('--prune removes the marks of results that nothing looks up, and no other', async () => {
  const folder = temporaryFolder();
  await runWith(sums(), { store: open(folder) });
  const project = sums();
  await project.cli('--cache', folder);
  const marks = project.files('.measured/fetched');
  expect(Object.values(marks)).toEqual(Array(12).fill(`${folder}\n`));
  expect((await project.cli('--prune')).output).toBe('0 files removed\n');
  expect(project.files('.measured/fetched')).toEqual(marks);
  project.edit('experiments/sums.ts', 'slope: [1, 2]', 'slope: [1]');
  expect((await project.cli('--prune')).output).toBe('12 files removed\n');
  expect(Object.keys(project.files('.measured/fetched'))).toHaveLength(6);
});

test('marks that cannot be written are one error, and nothing is taken unmarked', async () => {
  const server = await storeServer(entriesOf(local));
  const project = sums();
  project.write('.measured/fetched', 'not a folder');
  expect(await project.cli('--cache', server.address)).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^looking .*\n\.measured\/fetched\/sums\/\w{64}: where a result came from cannot be written: E\w+: [a-z ]+\n$/,
    ),
  });
  expect(project.files('.measured/cache')).toEqual({});
  // Without a store there is nothing to mark.
  expect(await runWith(project)).toMatchObject({ run: 12, failures: [], cache: local });
});
