/** Workers and askers of the tests of the queue. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CommandResult, ended } from '../helpers/child.ts';
import { repository } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import type { Project } from './project.ts';

/**
 * An experiment of `seeds` tasks, each of which takes `wait` milliseconds and prints a line. It waits instead of computing,
 * so that many tasks can be under way on few processors.
 */
export const sweep = (seeds: number, wait: number): string => `import { z } from 'zod';
import { defineExperiment, meanInterval } from 'astro-measured/lab';
export default defineExperiment({
  question: 'What does a sweep give?',
  seeds: ${seeds},
  record: z.object({ x: z.number() }),
  run(_, { seed }) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${wait});
    console.log('seed', seed);
    return { x: Math.sqrt(seed) };
  },
  measures: { x: ({ records }) => meanInterval(records.map((row) => row.x)) },
});
`;

export type RunningWorker = {
  readonly child: ChildProcess;
  /** Its end. */
  readonly end: Promise<CommandResult>;
};

/** Starts `measured worker` in an empty folder, and waits until it listens. It is killed when the test is over. */
export async function startWorker(
  address: string,
  store: string,
  { jobs = 1, env = {}, cwd = temporaryFolder({}) }: { jobs?: number; env?: Record<string, string>; cwd?: string } = {},
): Promise<RunningWorker> {
  const args = [
    join(repository, 'src/cli/main.ts'),
    'worker',
    '--on',
    address,
    '--cache',
    store,
    '--jobs',
    String(jobs),
  ];
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = ended(child);
  await new Promise<void>((listening, fail) => {
    child.stdout!.on('data', (text) => String(text).includes('wait for tasks') && listening());
    void end.then(({ output }) => fail(new Error(output)));
  });
  return { child, end };
}

/** The entries of a project's cache by file name. */
export const entriesOf = (project: Project): Record<string, string> => project.files('.measured/cache');
