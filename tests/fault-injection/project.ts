/** Runs the lab's fixture project under faults: another user, resource limits, a jumping clock. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Plan, planExperiment } from '../../src/lab/plan/plan.ts';
import { readCached } from '../../src/lab/store/cache.ts';
import { type CommandResult, ended } from '../helpers/child.ts';
import { fixture, type Project } from '../lab/project.ts';

const cli = fileURLToPath(new URL('../../src/lab/cli/main.ts', import.meta.url));

/** The fixture's experiment `sums` with 4 points × `seeds` quick tasks. */
export function quickTasks(seeds: number): Project {
  const project = fixture('sums');
  project.edit('experiments/sums.ts', 'seeds: 3', `seeds: ${seeds}`);
  return project;
}

export const planOf = ({ root }: Project): Promise<Plan> => planExperiment(root, 'experiments/sums.ts');

/** Number of the plan's tasks with a cached result. Throws at a damaged entry. */
export function countCachedResults({ root }: Project, plan: Plan): number {
  const states = plan.tasks.map((task) => readCached(root, plan.name, task).state);
  if (states.includes('damaged')) throw new Error(`task ${states.indexOf('damaged')} is torn`);
  return states.filter((state) => state === 'present').length;
}

/** The cache after an undisturbed run. */
export async function undisturbedCache(seeds: number): Promise<Record<string, string>> {
  const project = quickTasks(seeds);
  await project.cli();
  return project.files('.measured/cache');
}

/** Runs the command line from a shell command that may set limits first, or as another user. */
export function runCliUnder(project: Project, shell: string, uid?: number): Promise<CommandResult> {
  const child = spawn('sh', ['-c', `${shell} "$0" "$@"`, process.execPath, cli], {
    cwd: project.root,
    // Without coverage: such a process might fail to write it and print another error.
    env: { ...process.env, NODE_V8_COVERAGE: '' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  return ended(child);
}
