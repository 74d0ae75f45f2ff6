/** Results depend neither on the clock, nor on files' dates, nor on other versions' entries in the cache. */
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taskKey } from '../../src/lab/plan/task-key.ts';
import { cacheFile } from '../../src/lab/project.ts';
import { writeCached } from '../../src/lab/store/cache.ts';
import { planOf, quickTasks, runCliUnder, undisturbedCache } from './project.ts';

/** A module for `--import`: each reading of the clock is years before or after the last. */
const jumpingClock = `data:text/javascript,let t=0;const jump=()=>(t=(t*69069+1)%2**32)*1000-2**41;
Date.now=jump;globalThis.Date=class extends Date{constructor(...a){super(...(a.length?a:[jump()]))}static now=jump}`;

test('while the clock jumps, the results are the same bytes', async () => {
  const project = quickTasks(3);
  const { code, output } = await runCliUnder(project, `NODE_OPTIONS='--import ${encodeURI(jumpingClock)}' exec`);
  expect(output).toContain('12 run, 0 cached');
  expect(code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(await undisturbedCache(3));
});

test('the dates of files do not matter', async () => {
  const project = quickTasks(3);
  await project.cli();
  const date = (path: string, year: number) => {
    for (const entry of readdirSync(join(project.root, path), { recursive: true, encoding: 'utf8' }))
      utimesSync(join(project.root, path, entry), new Date(Date.UTC(year, 0)), new Date(Date.UTC(year, 0)));
  };
  for (const [sources, cache] of [
    [2100, 1971],
    [1971, 2100],
  ] as const) {
    date('experiments', sources);
    date('data', sources);
    date('.measured', cache);
    expect(await project.cli()).toEqual({ code: 0, output: 'sums: 12 cached\n' });
  }
});

test('results of another version of Node are kept, but not used', async () => {
  const project = quickTasks(3);
  for (const task of (await planOf(project)).tasks) {
    const inputs = { ...task.inputs, node: 'v1.0.0' };
    await writeCached(project.root, 'sums', { ...task, inputs, key: taskKey(inputs) }, '[{"parts":[],"sum":666}]');
  }
  const old = project.files('.measured/cache');
  expect((await project.cli()).output).toContain('sums: 12 of 12 tasks to run');
  expect(project.files('.measured/cache')).toEqual({ ...old, ...(await undisturbedCache(3)) });
  expect((await project.cli('--prune')).output).toBe('12 files removed\n');
});

test('entries in the format of another version of the lab are computed again', async () => {
  const project = quickTasks(3);
  const formats = ['', '{}', '[{"sum":666,"parts":[]}]', '{"version":2,"records":[]}', '\u0000'];
  const { tasks } = await planOf(project);
  mkdirSync(join(project.root, '.measured/cache/sums'), { recursive: true });
  tasks.forEach((task, i) => {
    writeFileSync(cacheFile(project.root, 'sums', task.key), formats[i % formats.length]!);
  });
  expect((await project.cli('--why')).output).toContain('its file in the cache is damaged');
  expect((await project.cli()).code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(await undisturbedCache(3));
});
