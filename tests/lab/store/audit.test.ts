/** An audit runs a share of what came from elsewhere here too: another result is found, named and replaced. */
import { beforeEach, expect, test } from 'vitest';
import type { Task } from '../../../src/lab/plan/plan.ts';
import { entryText } from '../../../src/lab/store/cache.ts';
import { entriesOf, localRun, planOf, type Run, runWith, storeServer, sums } from './store-server.ts';

let local: Run['cache'];
let tasks: readonly Task[];
beforeEach(async () => {
  ({ cache: local, tasks } = await localRun());
});

/** A store with every result, of which those of `wrong` fit the schema but are others. */
const lyingStore = (wrong: readonly Task[]) => {
  const lies = wrong.map((task) => [`/ac/${task.key}`, entryText(task, '[{"parts":[1,2],"sum":3}]')] as const);
  return storeServer([...entriesOf(local), ...lies]);
};

test.each([
  [0.000001, 1],
  [0.02, 1],
  [0.25, 3],
  [0.26, 4],
  [1, 12],
])('of an honest store, the share %d of 12 results is %d', async (audit, count) => {
  const server = await lyingStore([]);
  const project = sums();
  expect(await runWith(project, { store: server.store(), audit })).toEqual({
    run: 0,
    fetched: 12,
    said: [`audit: ${count} of 12 results from elsewhere run here too`, 'audit: each is the same'],
    failures: [],
    cache: local,
  });
  // What has run here is no longer from elsewhere.
  expect(Object.keys(project.files('.measured/fetched'))).toHaveLength(12 - count);
});

test('of a store that lies, it names each false result and puts the right one in its place', async () => {
  const wrong = [tasks[1]!, tasks[10]!];
  const server = await lyingStore(wrong);
  const project = sums();
  const { code, output } = await project.cli('--cache', server.address, '--audit', '100%');
  expect(output.split('\n').filter((line) => line.startsWith('audit: '))).toEqual([
    'audit: 12 of 12 results from elsewhere run here too',
    ...wrong.map(
      ({ params, seeds }) =>
        `audit: sums at {"kind":"${params.kind}","slope":${params.slope}}, seed ${seeds[0]}: gives another result here than the one from ${server.address}, whose place it takes; others from there may be wrong too: --audit 100%`,
    ),
  ]);
  expect(code).toBe(1);
  expect(project.files('.measured/cache')).toEqual(local);
  expect(await project.cli('--audit', '100%')).toEqual({
    code: 0,
    output: 'sums: 12 cached\naudit: no result came from elsewhere\n',
  });
});

test('in a later run, without the store, it finds the same', async () => {
  const server = await lyingStore([tasks[3]!]);
  const project = sums();
  expect(await runWith(project, { store: server.store() })).toMatchObject({ fetched: 12, said: [], failures: [] });
  expect(project.files('.measured/cache')).not.toEqual(local);
  const audited = await runWith(project, { audit: 1 });
  expect(audited.failures).toEqual([expect.stringContaining(`than the one from ${server.address}, whose place`)]);
  expect(audited.cache).toEqual(local);
});

test('what is forced says too where a false result came from', async () => {
  const server = await lyingStore([tasks[3]!]);
  const project = sums();
  await runWith(project, { store: server.store() });
  const forced = await runWith(project, { force: true });
  expect(forced.failures).toEqual([expect.stringContaining(`than the one from ${server.address}, whose place`)]);
  expect(forced.cache).toEqual(local);
});

test('where nothing was fetched, it says so', async () => {
  expect(await runWith(sums(), { audit: 1 })).toMatchObject({
    run: 12,
    said: ['audit: no result came from elsewhere'],
  });
});

test('a task that fails here fails the audit', async () => {
  const project = sums();
  project.edit('experiments/sums.ts', 'return {', "if (seed === 1) throw new Error('no luck');\n    return {");
  const plan = await planOf(project);
  const entries = plan.tasks.map((task) => [`/ac/${task.key}`, entryText(task, '[{"parts":[1,2],"sum":3}]')] as const);
  const server = await storeServer(entries);
  const { failures, said } = await runWith(project, { store: server.store(), audit: 1 });
  expect(failures).toHaveLength(12);
  expect(failures.filter((message) => message === 'no luck')).toHaveLength(4);
  expect(said).toContain('audit: sums at {"kind":"a","slope":1}, seed 1: no luck');
});
