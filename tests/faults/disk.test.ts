/** A cache that cannot be written: said once, with the place and the reason; what was kept stays whole. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeClaims } from '../../src/lab/load.ts';
import { type Ending, planOf, quickTasks, under, undisturbed, wholeResults } from './project.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** One line beside the plan: no task is blamed for the disk. */
function expectOneComplaint({ code, output }: Ending, reason: string): void {
  expect(output.trim().split('\n').slice(1)).toEqual([
    `.measured/cache/sums: a result of sums cannot be written: ${reason}`,
  ]);
  expect(code).toBe(1);
}

test('files that may not grow', async () => {
  const project = quickTasks(3);
  expectOneComplaint(await under(project, 'ulimit -f 0; exec'), 'EFBIG: file too large');
  expect(wholeResults(project, await planOf(project))).toBe(0);
  expect(project.files('.measured/cache')).toEqual({});
  expect((await project.cli()).code).toBe(0);
});

describe.runIf(isRoot)('a full disk', () => {
  test('keeps what fitted, and the run goes on where there is room', async () => {
    const project = quickTasks(40);
    const disk = join(project.root, '.measured');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', [disk]));
    expectOneComplaint(await project.cli(), 'ENOSPC: no space left on device');
    const kept = wholeResults(project, await planOf(project));
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(160);
    expect(Object.keys(project.files('.measured/cache')).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=4m', disk]);
    expect((await project.cli()).output).toContain(`sums: ${160 - kept} of 160 tasks to run`);
    expect(project.files('.measured/cache')).toEqual(await undisturbed(40));
  });
});

test('a cache that may only be read', async () => {
  const project = quickTasks(3);
  mkdirSync(join(project.root, '.measured/cache'), { recursive: true });
  const paths = [join(project.root, '../../..'), project.root, join(project.root, '.measured')];
  for (const path of paths) chmodSync(path, 0o755);
  chmodSync(join(project.root, '.measured/cache'), 0o555);
  // Root may write anywhere, so somebody else runs it.
  const run = () => under(project, 'exec', isRoot ? nobody : undefined);
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

test('notes that cannot be written are said, and cost no result', async () => {
  const project = quickTasks(3);
  project.write('.measured/last', 'a file where a folder should be');
  const { code, output } = await project.cli();
  expect(output).toContain('12 run, 0 cached');
  expect(output).toContain('.measured/last: notes for --why and `npm run dev` cannot be written: ');
  expect(code).toBe(0);
});

test('claims that cannot be noted are an error with the place', async () => {
  const project = quickTasks(3);
  mkdirSync(join(project.root, '.measured/claims.json/occupied'), { recursive: true });
  await expect(writeClaims(project.root, [])).rejects.toThrow(
    /^\.measured\/claims\.json: the claims that this build found cannot be written: E[A-Z]+: .*; make the file and its folder yours, or remove them$/,
  );
  expect(Object.keys(project.files('.measured'))).toEqual([]);
});
