/** Results are loaded from the cache, only once every task has one. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Plan, planExperiment } from '../../src/lab/plan/plan.ts';
import { cacheFile, lastResultFile } from '../../src/lab/project.ts';
import { loadAvailable, loadResult, loadResults } from '../../src/lab/results/load-results.ts';
import { rowsOf } from '../../src/lab/results/results.ts';
import { readCached, writeCached } from '../../src/lab/store/cache.ts';
import { canonicalJson } from '../../src/lab/store/canonical-json.ts';
import { writeLastResult } from '../../src/lab/store/last-run.ts';
import { prune } from '../../src/lab/store/prune.ts';
import { fixture, type Project } from './project.ts';

const file = 'experiments/sums.ts';

/** Stores a record for each seed of all tasks but the first `missing`. */
async function store({ root }: Project, missing = 0): Promise<Plan> {
  const plan = await planExperiment(root, file);
  for (const task of plan.tasks.slice(missing)) {
    const records = task.seeds.map((seed) => ({ sum: seed + Number(task.params.slope), parts: [] }));
    await writeCached(root, 'sums', task, canonicalJson(records));
  }
  return plan;
}

const relative = ({ root }: Project, path: string) => path.slice(root.length + 1);

test('a result has the records of its tasks in the order of the plan', async () => {
  const project = fixture('sums');
  const plan = await store(project);
  const [result, ...others] = await loadResults({ root: project.root, names: ['sums'] });
  expect(others).toEqual([]);
  const expected = plan.tasks.flatMap(({ params, seeds }) =>
    seeds.map((seed) => ({ ...params, seed, sum: seed + Number(params.slope), parts: [] })),
  );
  expect(result!.records).toEqual(expected);
  expect(await loadResult(project.root, plan)).toEqual(result);
});

test('results that are missing are counted by experiment, in the order of their names', async () => {
  const project = fixture('sums', 'impure');
  const plan = await store(project, 5);
  expect(await loadResult(project.root, plan)).toEqual({ missing: 5 });
  await expect(loadResults({ root: project.root })).rejects.toThrow(
    'results are missing or stale: run `npm run experiments`\n  impure: 16 of 16 tasks\n  sums: 5 of 12 tasks',
  );
});

describe('for the dev server', () => {
  test('present results come as they are, without errors', async () => {
    const project = fixture('sums');
    await store(project);
    const errors: string[] = [];
    const results = await loadAvailable(project.root, (message) => errors.push(message));
    expect(results).toEqual(await loadResults({ root: project.root }));
    expect(errors).toEqual([]);
  });

  test('where tasks are missing the last good result is loaded, marked as refreshing', async () => {
    const project = fixture('sums');
    await store(project);
    const [good] = await loadResults({ root: project.root });
    await writeLastResult(project.root, good!);
    project.edit(file, 'seeds: 3', 'seeds: 4');
    const errors: string[] = [];
    const results = await loadAvailable(project.root, (message) => errors.push(message));
    expect(results).toEqual([{ ...good, refreshing: true }]);
    expect(errors).toEqual([]);
  });

  test('the error of a broken file is reported, and its last good result, if any, is loaded', async () => {
    const project = fixture('sums');
    await store(project);
    const [good] = await loadResults({ root: project.root });
    project.edit(file, 'seeds: 3,', 'seeds: 3;');
    const errors: string[] = [];
    const load = () => loadAvailable(project.root, (message) => errors.push(message));
    expect(await load()).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(file);
    await writeLastResult(project.root, good!);
    expect(await load()).toEqual([{ ...good, refreshing: true }]);
  });
});

test('pruning keeps the files that plans look up and counts those that it removes', async () => {
  const project = fixture('sums');
  expect(await prune(project.root, [])).toBe(0);
  const plan = await store(project);
  const [result] = await loadResults({ root: project.root });
  await writeLastResult(project.root, result!);
  project.write('.measured/last/sums.json', '{}');
  const wanted = Object.keys(project.files('.measured'));
  project.write('.measured/cache/sums/old.json', '{}');
  project.write('.measured/cache/sums/torn.json.1.tmp', '{');
  project.write('.measured/cache/gone/old.json', '{}');
  project.write('.measured/last/gone.json', '{}');
  expect(await prune(project.root, [plan])).toBe(4);
  expect(Object.keys(project.files('.measured'))).toEqual(wanted);
  expect(wanted).toContain(relative(project, cacheFile(project.root, 'sums', plan.tasks[0]!.key)));
  expect(wanted).toContain(relative(project, lastResultFile(project.root, 'sums')));
  expect(readCached(project.root, 'sums', plan.tasks[0]!).state).toBe('present');
  expect(await prune(project.root, [])).toBe(wanted.length);
  expect(project.files('.measured')).toEqual({});
});

describe('a field that the schema lacks is an error, also within others', () => {
  const ends = z.object({ low: z.number() });
  const record = z.object({
    ends,
    lists: z.array(ends).optional(),
    named: z.record(z.string(), ends.nullable()).optional(),
    any: z.looseObject({}).optional(),
  });
  const rows = (raw: object) =>
    rowsOf({ set: 0, definition: { record, seeds: 1 } } as never, { seeds: [0], params: {} } as never, [raw] as never);
  test.each([
    [{ ends: { low: 1 }, more: 1 }, 'record field more is not'],
    [{ ends: { low: 1, hihg: 2 } }, 'record field ends.hihg is not in the schema'],
    [{ ends: { low: 1 }, lists: [{ low: 1 }, { low: 1, high: 2 }] }, 'record field lists[1].high is not'],
    [{ ends: { low: 1 }, named: { a: null, b: { low: 1, high: 2 } } }, 'record field named.b.high is not'],
  ])('%j', (raw, message) => {
    expect(() => rows(raw)).toThrow(message);
  });

  test('and one that it has in another way is none', () => {
    const raw = { ends: { low: 1 }, lists: [], named: { b: { low: 2 } }, any: { a: { b: 1 } } };
    expect(rows(raw)).toEqual([{ seed: 0, ...raw }]);
  });
});
