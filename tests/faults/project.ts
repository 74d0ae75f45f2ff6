/** The lab's fixture project under conditions that a run does not choose: another user, a small disk, a wild clock. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readCached } from '../../src/lab/cache.ts';
import { type Plan, planExperiment } from '../../src/lab/plan.ts';
import { fixture, type Project } from '../lab/project.ts';

const cli = fileURLToPath(new URL('../../src/lab/cli.ts', import.meta.url));

/** The fixture's sums with as many quick tasks as a fault needs: 4 points × `seeds`. */
export function quickTasks(seeds: number): Project {
  const project = fixture('sums');
  project.edit('experiments/sums.ts', 'seeds: 3', `seeds: ${seeds}`);
  return project;
}

export const planOf = ({ root }: Project): Promise<Plan> => planExperiment(root, 'experiments/sums.ts');

/** How many tasks of the plan the cache holds. Throws at one that is neither whole nor absent. */
export function wholeResults({ root }: Project, plan: Plan): number {
  const states = plan.tasks.map((task) => readCached(root, plan.name, task).state);
  if (states.includes('damaged')) throw new Error(`task ${states.indexOf('damaged')} is torn`);
  return states.filter((state) => state === 'present').length;
}

/** The results of a run that nothing disturbs. */
export async function undisturbed(seeds: number): Promise<Record<string, string>> {
  const project = quickTasks(seeds);
  await project.cli();
  return project.files('.measured/cache');
}

export type Ending = { readonly code: number | null; readonly output: string };

/** Runs the command line through a shell that may first narrow what a process may do, or as another user. */
export function under(project: Project, shell: string, uid?: number): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${shell} "$0" "$@"`, process.execPath, cli], {
      cwd: project.root,
      // Such a process may not be able to write what it covered, and would complain of that too.
      env: { ...process.env, NODE_V8_COVERAGE: '' },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
