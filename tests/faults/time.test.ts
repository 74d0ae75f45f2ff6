/** Neither clock nor calendar, nor the version that wrote the cache, has a say in what is a result. */
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCached } from '../../src/lab/cache.ts';
import { taskKey } from '../../src/lab/key.ts';
import { cacheFile } from '../../src/lab/project.ts';
import { planOf, quickTasks, under, undisturbed } from './project.ts';

/** Loaded before the command: each look at the clock is years before or after the last. */
const wildClock = `data:text/javascript,let t=0;const jump=()=>(t=(t*69069+1)%2**32)*1000-2**41;
Date.now=jump;globalThis.Date=class extends Date{constructor(...a){super(...(a.length?a:[jump()]))}static now=jump}`;

test('while the clock jumps, the results are the same bytes', async () => {
  const project = quickTasks(3);
  const { code, output } = await under(project, `NODE_OPTIONS='--import ${encodeURI(wildClock)}' exec`);
  expect(output).toContain('12 run, 0 cached');
  expect(code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(await undisturbed(3));
});

test('files from the past or the future are neither stale nor fresh for it', async () => {
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

test('results of another version of the runtime are left alone, and are not taken for present ones', async () => {
  const project = quickTasks(3);
  for (const task of (await planOf(project)).tasks) {
    const inputs = { ...task.inputs, node: 'v1.0.0' };
    await writeCached(project.root, 'sums', { ...task, inputs, key: taskKey(inputs) }, '[{"parts":[],"sum":666}]');
  }
  const old = project.files('.measured/cache');
  expect((await project.cli()).output).toContain('sums: 12 of 12 tasks to run');
  expect(project.files('.measured/cache')).toEqual({ ...old, ...(await undisturbed(3)) });
  expect((await project.cli('--prune')).output).toBe('12 files removed\n');
});

test('entries in the form of another version of the lab are made anew', async () => {
  const project = quickTasks(3);
  const forms = ['', '{}', '[{"sum":666,"parts":[]}]', '{"version":2,"records":[]}', '\u0000'];
  const { tasks } = await planOf(project);
  mkdirSync(join(project.root, '.measured/cache/sums'), { recursive: true });
  tasks.forEach((task, i) => {
    writeFileSync(cacheFile(project.root, 'sums', task.key), forms[i % forms.length]!);
  });
  expect((await project.cli('--why')).output).toContain('its file in the cache is damaged');
  expect((await project.cli()).code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(await undisturbed(3));
});
