/**
 * A run that is killed (SIGKILL) at a hundred pseudo-random moments never leaves a torn result and never loses one, and
 * the next run continues from the tasks that had finished.
 */
import { expect, test } from 'vitest';
import { createRandom } from '../../src/engine/index.ts';
import { fixture, type Project } from '../lab/project.ts';
import { countCachedResults, planOf, quickTasks, undisturbedCache } from './project.ts';

const SEEDS = 40;

/** Starts a run and kills it `delay` ms after it has printed `lines` lines; false if it had ended by then. */
function killed(project: Project, lines: number, delay: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = project.start('--json', '--jobs', '2');
    let printed = 0;
    const kill = () => setTimeout(() => child.kill('SIGKILL'), delay);
    if (lines === 0) kill();
    child.stdout!.on('data', (chunk: Buffer) => {
      const before = printed;
      printed += chunk.toString().split('\n').length - 1;
      if (before < lines && printed >= lines) kill();
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve(signal === 'SIGKILL'));
  });
}

/** Starts and kills runs until `times` were killed; when a project is complete, a new one takes its place. */
async function killing(times: number, label: string): Promise<{ kills: number; kept: number }> {
  const random = createRandom(20_261_122).split(label);
  let project = quickTasks(SEEDS);
  let plan = await planOf(project);
  let kept = 0;
  let kills = 0;
  while (kills < times) {
    // One in four is killed while it plans, the others while they run tasks and write.
    const early = random.integer(4) === 0;
    const lines = early ? 0 : 1 + random.integer(60);
    if (await killed(project, lines, random.uniform(0, early ? 400 : 4))) kills++;
    const now = countCachedResults(project, plan);
    expect(now).toBeGreaterThanOrEqual(kept);
    kept = now;
    if (kept === plan.tasks.length && kills < times) {
      project = quickTasks(SEEDS);
      plan = await planOf(project);
      kept = 0;
    }
  }
  expect((await project.cli()).code).toBe(0);
  expect((await project.cli('--prune')).code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(await undisturbedCache(SEEDS));
  return { kills, kept };
}

/** Makes tasks take about a tenth of a second, so that they can be interrupted. */
function slow(project: Project): void {
  project.edit(
    'experiments/sums.ts',
    'const weights',
    'let spin = 0; for (let i = 0; i < 3e7; i++) spin += Math.sqrt(i);\n    const weights',
  );
  project.edit('experiments/sums.ts', 'kind.length)', 'kind.length + 0 * spin)');
}

test('a killed run continues from the tasks that had finished', async () => {
  const whole = fixture('sums');
  slow(whole);
  await whole.cli();
  const project = fixture('sums');
  slow(project);
  for (const stop of [1, 5]) {
    const child = project.start('--json', '--jobs', '2');
    let finished = 0;
    await new Promise<void>((resolve) => {
      child.stdout!.on('data', (chunk: Buffer) => {
        finished += String(chunk).split('"kind":"finished"').length - 1;
        if (finished >= stop) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const kept = Object.keys(project.files('.measured/cache')).filter((file) => file.endsWith('.json')).length;
    expect(kept).toBeGreaterThanOrEqual(finished);
    const [line] = (await project.cli('--dry-run', '--json')).output.split('\n');
    expect(JSON.parse(line!).stale).toBe(12 - kept);
  }
  expect((await project.cli()).code).toBe(0);
  expect((await project.cli('--prune')).code).toBe(0);
  expect(project.files('.measured/cache')).toEqual(whole.files('.measured/cache'));
});

test('killed a hundred times, results stay intact and runs continue', async () => {
  const ends = await Promise.all(['one', 'other'].map((label) => killing(50, label)));
  expect(ends.map(({ kills }) => kills)).toEqual([50, 50]);
});

test('of two concurrent runs, killing one does not disturb the other', async () => {
  // tests/lab/cli.test.ts has two that both end.
  const project = quickTasks(SEEDS);
  const [, survivor] = await Promise.all([killed(project, 30, 0), project.cli()]);
  expect(survivor.code).toBe(0);
  expect(countCachedResults(project, await planOf(project))).toBe(4 * SEEDS);
  await project.cli('--prune');
  expect(project.files('.measured/cache')).toEqual(await undisturbedCache(SEEDS));
});
