/**
 * Killed with SIGKILL at a hundred moments that a seed chooses, a run never leaves a torn result, never loses one, and
 * the next run goes on. (That it goes on from each finished task, on the last of them, is in tests/lab/cli.test.ts.)
 */
import { expect, test } from 'vitest';
import { createRandom } from '../../src/engine/index.ts';
import type { Project } from '../lab/project.ts';
import { planOf, quickTasks, undisturbed, wholeResults } from './project.ts';

const SEEDS = 40;

/** Starts a run and kills it `delay` ms after it has said `lines` lines; false if it had ended by then. */
function killed(project: Project, lines: number, delay: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = project.start('--json', '--jobs', '2');
    let said = 0;
    const kill = () => setTimeout(() => child.kill('SIGKILL'), delay);
    if (lines === 0) kill();
    child.stdout!.on('data', (chunk: Buffer) => {
      const before = said;
      said += chunk.toString().split('\n').length - 1;
      if (before < lines && said >= lines) kill();
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve(signal === 'SIGKILL'));
  });
}

/** Kills runs of one project until `times` were killed; a project that is done starts again from nothing. */
async function killing(times: number, label: string): Promise<{ kills: number; kept: number }> {
  const random = createRandom(20_261_122).split(label);
  let project = quickTasks(SEEDS);
  let plan = await planOf(project);
  let kept = 0;
  let kills = 0;
  while (kills < times) {
    // One in four while it plans, the others while it runs tasks and writes.
    const early = random.integer(4) === 0;
    const lines = early ? 0 : 1 + random.integer(60);
    if (await killed(project, lines, random.uniform(0, early ? 400 : 4))) kills++;
    const now = wholeResults(project, plan);
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
  expect(project.files('.measured/cache')).toEqual(await undisturbed(SEEDS));
  return { kills, kept };
}

test('killed a hundred times, results stay whole and the work goes on', async () => {
  const ends = await Promise.all(['one', 'other'].map((label) => killing(50, label)));
  expect(ends.map(({ kills }) => kills)).toEqual([50, 50]);
});

test('of two runs at once, one killed takes nothing from the other', async () => {
  // Two that both end are in tests/lab/cli.test.ts.
  const project = quickTasks(SEEDS);
  const [, survivor] = await Promise.all([killed(project, 30, 0), project.cli()]);
  expect(survivor.code).toBe(0);
  expect(wholeResults(project, await planOf(project))).toBe(4 * SEEDS);
  await project.cli('--prune');
  expect(project.files('.measured/cache')).toEqual(await undisturbed(SEEDS));
});
