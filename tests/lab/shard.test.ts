/** Slices deal the tasks out to machines: every task to one of them, the same on each machine. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan, Task } from '../../src/lab/plan/plan.ts';
import { shardKeys } from '../../src/lab/plan/shard.ts';
import { sha256 } from '../../src/lab/plan/task-key.ts';
import { readTimes, type TaskTimes, timeName } from '../../src/lab/plan/task-times.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { fixture } from './project.ts';
import { localRun, sums } from './store/store-server.ts';

/** A plan with only what slices are made from; the same `id` gives the same tasks in any plan. */
const planOf = (name: string, ids: readonly number[]): Plan => {
  const tasks = ids.map((id) => ({ key: sha256(`${id}`), params: { id }, seeds: [0] }) as unknown as Task);
  return { name, tasks } as unknown as Plan;
};

const ids = fc.uniqueArray(fc.nat(60), { maxLength: 40 });
const plans = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'constructor', 'x-1'), { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => ids.map((list) => planOf(name, list)))));
const seconds = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constant(1e308));
const timesOf = (most: readonly Plan[]) =>
  fc.record(
    Object.fromEntries(
      most.map(({ name, tasks }) => [
        name,
        fc.record(Object.fromEntries(tasks.map((task) => [timeName(task), seconds])), { requiredKeys: [] }),
      ]),
    ),
    { requiredKeys: [] },
  ) as fc.Arbitrary<TaskTimes>;
const keysOf = (some: readonly Plan[]) => new Set(some.flatMap(({ tasks }) => tasks.map(({ key }) => key)));
const count = fc.integer({ min: 1, max: 9 });

const slicesOf = (some: readonly Plan[], n: number, times?: Parameters<typeof shardKeys>[2]) =>
  Array.from({ length: n }, (_, i) => shardKeys(some, { index: i + 1, count: n }, times));

test('slices are disjoint and together all tasks, with times or without, in any order of the plans', () => {
  const all = plans.chain((some) => fc.tuple(fc.constant(some), timesOf(some), count, fc.boolean()));
  fc.assert(
    fc.property(all, ([some, times, n, hasTimes]) => {
      const slices = slicesOf(some, n, hasTimes ? times : undefined);
      const dealt = slices.flatMap((slice) => [...slice]);
      expect(new Set(dealt)).toEqual(keysOf(some));
      expect(dealt).toHaveLength(keysOf(some).size);
      const turned = some.toReversed().map((plan) => ({ ...plan, tasks: plan.tasks.toReversed() }));
      expect(slicesOf(turned, n, hasTimes ? times : undefined)).toEqual(slices);
    }),
  );
});

test('by keys, a task is in the same slice whatever other tasks there are', () => {
  fc.assert(
    fc.property(plans, ids, count, (some, more, n) => {
      const alone = slicesOf(some, n);
      const among = slicesOf([planOf('more', more), ...some], n);
      for (const [i, slice] of alone.entries()) expect([...slice].filter((key) => !among[i]!.has(key))).toEqual([]);
    }),
  );
});

test('with times, the slices’ loads differ by at most the longest task, and the longest tasks are apart', () => {
  const timed = ids
    .filter((list) => list.length > 0)
    .chain((list) => {
      const each = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
        minLength: list.length,
        maxLength: list.length,
      });
      return fc.tuple(fc.constant(planOf('a', list)), each, count);
    });
  fc.assert(
    fc.property(timed, ([plan, list, n]) => {
      const time = new Map(plan.tasks.map(({ key }, i) => [key, list[i]!]));
      const times = { a: Object.fromEntries(plan.tasks.map((task, i) => [timeName(task), list[i]!])) };
      const slices = slicesOf([plan], n, times);
      const loads = slices.map((slice) => [...slice].reduce((sum, key) => sum + time.get(key)!, 0));
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...list) * (1 + 1e-9));
      // As many of the longest as there are slices; of equal ones nobody can tell.
      const longest = [...list].sort((a, b) => b - a).slice(0, n);
      const shortest = longest.at(-1)!;
      if (shortest > 0 && list.filter((x) => x >= shortest).length === longest.length)
        for (const slice of slices)
          expect([...slice].filter((key) => time.get(key)! >= shortest).length).toBeLessThan(2);
    }),
  );
});

test('a task of two experiments counts with both its times', () => {
  const some = [planOf('a', [1, 2, 3]), planOf('b', [1])];
  const times = { a: { '{"id":1} 0': 5, '{"id":2} 0': 9, '{"id":3} 0': 1 }, b: { '{"id":1} 0': 5 } };
  expect(slicesOf(some, 2, times)).toEqual([new Set([sha256('1')]), new Set([sha256('2'), sha256('3')])]);
});

test('a task without a time takes the mean of its experiment', () => {
  const times = { a: { '{"id":1} 0': 10, '{"id":2} 0': 20 }, b: { '{"id":9} 0': 1 } };
  // 20, 15, 10 and 1: the two longest first, then each to the lesser load.
  expect(slicesOf([planOf('a', [1, 2, 3]), planOf('b', [9])], 2, times)).toEqual([
    new Set([sha256('2'), sha256('9')]),
    new Set([sha256('3'), sha256('1')]),
  ]);
});

test.each([{}, { a: {} }])('a file of times %j deals out by keys or evenly, and loses none', (times) => {
  const plan = planOf('a', [1, 2, 3, 4]);
  expect(new Set(slicesOf([plan], 3, times).flatMap((slice) => [...slice]))).toEqual(keysOf([plan]));
});

test('many slices are possible', () => {
  const slice = shardKeys([planOf('a', [1])], { index: 1, count: 999_999 }, { a: { '{"id":1} 0': 1 } });
  expect(slice.size).toBe(1);
});

describe('slices of a run', () => {
  test('three into one folder; then a run fetches all, with the bytes of a run without slices', async () => {
    const { cache } = await localRun();
    const store = temporaryFolder();
    for (const slice of ['1/3', '2/3', '3/3']) {
      const { code, output } = await sums().cli('--cache', store, '--shard', slice);
      expect(output).toMatch(new RegExp(`^slice ${slice[0]} of 3 by keys: \\d+ of 12 tasks\n`));
      expect(output).not.toContain('have no result');
      expect(code).toBe(0);
    }
    const project = sums();
    expect(await project.cli('--cache', store)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/\nsums: 12 fetched\n$/),
    });
    expect(project.files('.measured/cache')).toEqual(cache);
  });

  test('a task that fails in one leaves the others’ results', async () => {
    const store = temporaryFolder();
    const failing = () => {
      const project = fixture('sums');
      project.edit(
        'experiments/sums.ts',
        'return {',
        "if (slope === 2 && kind === 'a' && seed === 1) throw new Error('no luck');\n    return {",
      );
      return project;
    };
    const codes: (number | null)[] = [];
    for (const slice of ['1/3', '2/3', '3/3'])
      codes.push((await failing().cli('--cache', store, '--shard', slice)).code);
    expect(codes.toSorted()).toEqual([0, 0, 1]);
    const { code, output } = await failing().cli('--cache', store);
    expect(output).toContain('sums: 1 of 12 tasks to run, 11 fetched\n');
    expect(code).toBe(1);
  });
});

describe('--times', () => {
  type Times = Record<string, Record<string, number>>;
  const names = async () => (await localRun()).tasks.map(timeName).sort();

  test('a run writes them; slices read them and write their own beside; a later run takes these in', async () => {
    const project = sums();
    const file = 'times [1].json';
    await project.cli('--times', file);
    const first = project.read(file);
    const times = JSON.parse(first) as Times;
    expect(Object.keys(times.sums!).sort()).toEqual(await names());

    // The first slice has all the work but one task, which is as long as the rest together.
    project.write(file, JSON.stringify({ sums: { ...times.sums, [(await names())[0]!]: 99 } }));
    const read = project.read(file);
    for (const [slice, tasks] of [
      ['1/2', 1],
      ['2/2', 11],
    ] as const) {
      const { output } = await project.cli('--force', '--shard', slice, '--times', file);
      expect(output).toContain(`slice ${slice[0]} of 2 by the times in ${file}: ${tasks} of 12 tasks`);
      const own = JSON.parse(project.read(`times [1].${slice.replace('/', '-of-')}.json`)) as Times;
      expect(Object.keys(own.sums!)).toHaveLength(tasks);
    }
    expect(project.read(file)).toBe(read);

    project.write('times [1].2-of-2.json', JSON.stringify({ sums: { other: 7 } }));
    project.write('times [1].a-of-b.json', 'another file');
    expect(await project.cli('--times', file)).toMatchObject({ code: 0 });
    const merged = JSON.parse(project.read(file)) as Times;
    expect(Object.keys(merged.sums!).sort()).toEqual([...(await names()), 'other'].sort());
    expect(merged.sums![(await names())[0]!]).toBeLessThan(99);
    expect(readdirSync(project.root).filter((name) => name.startsWith('times'))).toEqual([
      'times [1].a-of-b.json',
      file,
    ]);
  });

  const noTimes = 'times.json is no file of times, as --times writes it: remove it, or name another';

  test.each(['', 'garbage', '[]', '{"sums": 1}', '{"sums": {"a": -1}}', '{"sums": {"a": "1"}}'])(
    'a file with %j is no file of times',
    async (content) => {
      const file = join(temporaryFolder({ 'times.json': content }), 'times.json');
      await expect(readTimes(file)).rejects.toThrow(noTimes);
    },
  );

  test.each([[], ['--shard', '1/2']])('such a file is an error before anything runs, with %j', async (...args) => {
    const project = sums();
    project.write('times.json', 'garbage');
    expect(await project.cli('--times', 'times.json', ...args)).toEqual({ code: 1, output: `${noTimes}\n` });
    expect(project.files('.measured')).toEqual({});
    expect(project.read('times.json')).toBe('garbage');
  });

  test('slices’ files that are none, and a place where none can be written, are errors', async () => {
    const project = sums();
    project.write('times.1-of-2.json', 'garbage');
    project.write('times.2-of-2.json', 'garbage');
    expect(await project.cli('--times', 'times.json')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/\ntimes\.1-of-2\.json is no file of times, as --times writes it: .*\n$/),
    });
    expect(await project.cli('--times', 'package.json/times.json', '--shard', '1/2')).toMatchObject({
      code: 1,
      output: expect.stringContaining('package.json/times.json is no file of times'),
    });
  });

  test('a run without the file deals out by keys', async () => {
    const { output } = await sums().cli('--shard', '1/2', '--times', 'none.json');
    expect(output).toContain('slice 1 of 2 by keys');
  });
});
