/** File locks: held by a live process whatever the lock file contains; a wait for one is announced and times out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireSyncLock } from '../../src/site/output/atomic-output.ts';
import { tryLock, type Unlock } from '../../src/site/output/file-lock.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const code = new URL('../../src/site/output/file-lock.ts', import.meta.url).href;

const taken = (lock: ReturnType<typeof tryLock>): Unlock => {
  if (typeof lock === 'string') throw new Error(lock);
  return lock;
};

test.each(['', '1', `${process.pid}`, 'x\n'.repeat(5000)])('a file that says %j is no lock', (text) => {
  const file = join(temporaryFolder(), 'lock');
  writeFileSync(file, text);
  const unlock = taken(tryLock(file));
  expect(tryLock(file)).toBe('held');
  unlock();
  taken(tryLock(file))();
});

test('leaves only its file', () => {
  const root = temporaryFolder();
  const unlock = taken(tryLock(join(root, 'lock')));
  expect(readdirSync(root)).toEqual(['lock']);
  unlock();
});

test('is unavailable where no file can be created', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'lock'));
  expect(tryLock(join(root, 'lock'))).toBe('unavailable');
  expect(tryLock(join(root, 'missing/lock'))).toBe('unavailable');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s ends it with its process', async (signal) => {
  const file = join(temporaryFolder(), 'lock');
  const script = `const { tryLock } = await import(${JSON.stringify(code)});
    globalThis.lock = tryLock(${JSON.stringify(file)}); console.log(typeof lock); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  expect(String((await once(child.stdout, 'data'))[0])).toBe('function\n');
  expect(tryLock(file)).toBe('held');
  child.kill(signal);
  await once(child, 'exit');
  taken(tryLock(file))();
});

test('a build waits for another that reads content, reports which, and fails if that never ends', async () => {
  const root = temporaryFolder();
  const said: string[] = [];
  let pauses = 0;
  const patience = { pause: async () => void pauses++, looksToSay: 10, looks: 25 };
  const say = (text: string) => void said.push(text);
  const end = await acquireSyncLock(root, say, patience);
  await expect(acquireSyncLock(root, say, patience)).rejects.toThrow(
    /^\.measured\/syncing is held by process \d+ on \S+, a build that reads the content of .* and does not end: end it, then build again$/,
  );
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(/^waits for process \d+ on \S+, which reads the content of /);
  expect(pauses).toBe(25);
  end();
  (await acquireSyncLock(root, say, patience))();
  // Meanwhile the other process ends.
  const other = await acquireSyncLock(root, say, patience);
  (await acquireSyncLock(root, say, { ...patience, pause: async () => other() }))();
});
