/** A cache that cannot be written is one error, with path and reason; the results written before stay intact. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeClaims } from '../../src/lab/results/index.ts';
import type { CommandResult } from '../helpers/child.ts';
import { countCachedResults, planOf, quickTasks, runCliUnder, undisturbedCache } from './project.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** Expects one line after the plan's: no task fails because of the disk. */
function expectOneError({ code, output }: CommandResult, reason: string): void {
  expect(output.trim().split('\n').slice(1)).toEqual([
    `.measured/cache/sums: a result of sums cannot be written: ${reason}`,
  ]);
  expect(code).toBe(1);
}

test('a limit on the size of files', async () => {
  const project = quickTasks(3);
  expectOneError(await runCliUnder(project, 'ulimit -f 0; exec'), 'EFBIG: file too large');
  expect(countCachedResults(project, await planOf(project))).toBe(0);
  expect(project.files('.measured/cache')).toEqual({});
  expect((await project.cli()).code).toBe(0);
});

describe.runIf(isRoot)('a full disk', () => {
  test('keeps the results that fitted, and the next run continues when there is space', async () => {
    const project = quickTasks(40);
    const disk = join(project.root, '.measured');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', [disk]));
    expectOneError(await project.cli(), 'ENOSPC: no space left on device');
    const kept = countCachedResults(project, await planOf(project));
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(160);
    expect(Object.keys(project.files('.measured/cache')).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=4m', disk]);
    expect((await project.cli()).output).toContain(`sums: ${160 - kept} of 160 tasks to run`);
    expect(project.files('.measured/cache')).toEqual(await undisturbedCache(40));
  });
});

test('a read-only cache', async () => {
  const project = quickTasks(3);
  mkdirSync(join(project.root, '.measured/cache'), { recursive: true });
  const paths = [join(project.root, '..'), project.root, join(project.root, '.measured')];
  for (const path of paths) chmodSync(path, 0o755);
  chmodSync(join(project.root, '.measured/cache'), 0o555);
  // Root may write anywhere, so another user runs it.
  const run = () => runCliUnder(project, 'exec', isRoot ? nobody : undefined);
  const refused = await run();
  expect(refused.output).toContain(
    '.measured/cache/sums: a result of sums cannot be written: EACCES: permission denied',
  );
  expect(refused.code).toBe(1);

  chmodSync(join(project.root, '.measured/cache'), 0o755);
  await project.cli();
  chmodSync(join(project.root, '.measured/cache/sums'), 0o555);
  if (isRoot) {
    expect(await run()).toEqual({
      code: 0,
      output:
        'sums: 12 cached\n.measured/last: notes for --why and `npm run dev` cannot be written: EACCES: permission denied; make the folder yours, or remove it\n',
    });
    execFileSync('chown', ['-R', `${nobody}`, join(project.root, '.measured/last')]);
  }
  expect(await run()).toEqual({ code: 0, output: 'sums: 12 cached\n' });
  chmodSync(join(project.root, '.measured/cache/sums'), 0o755);
});

test('notes on the last run that cannot be written are a warning', async () => {
  const project = quickTasks(3);
  project.write('.measured/last', 'a file where a folder should be');
  const { code, output } = await project.cli();
  expect(output).toContain('12 run, 0 cached');
  expect(output).toContain('.measured/last: notes for --why and `npm run dev` cannot be written: ');
  expect(code).toBe(0);
});

test('claims that cannot be written are an error with the path', async () => {
  const project = quickTasks(3);
  mkdirSync(join(project.root, '.measured/claims.json/occupied'), { recursive: true });
  await expect(writeClaims(project.root, [])).rejects.toThrow(
    /^\.measured\/claims\.json: the claims that this build found cannot be written: E[A-Z]+: .*; make the file and its folder yours, or remove them$/,
  );
  expect(Object.keys(project.files('.measured'))).toEqual([]);
});
