/** Overhead of the lab: time to load cached results, and use of all cores while tasks run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { repository, writeFiles } from '../helpers/files.ts';
import { median } from './engine/median.ts';

/** A loop whose rounds take about the same time in any realm. */
const spin = 'let x = 1; for (let i = 0; i < rounds; i++) x = Math.sqrt(x + i);';

/** A project with `count` experiments of `seeds` tasks, each of `rounds` rounds. */
function project(count: number, seeds: number, rounds: number): string {
  const root = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  installPackage(root);
  writeFiles(root, { 'package.json': blogFiles['package.json'] });
  for (let i = 0; i < count; i++) {
    writeFiles(root, {
      [`experiments/e${i}.ts`]: `import { z } from 'zod';
import { defineExperiment, meanInterval } from 'astro-measured/lab';
const rounds = ${rounds};
export default defineExperiment({
  question: 'How long does the lab take?',
  seeds: ${seeds},
  record: z.object({ x: z.number(), curve: z.array(z.number()) }),
  run(_, { seed }) { ${spin} return { x: x + seed, curve: Array.from({ length: 100 }, (_, k) => k / 7) }; },
  measures: { x: ({ records }) => meanInterval(records.map((row) => row.x)) },
});
`,
    });
  }
  return root;
}

const plansOf = (root: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => planExperiment(root, `experiments/e${i}.ts`)));

type Load = { readonly imports: number; readonly wall: number; readonly cpu: number };

/** Wall and CPU time of loadResults in a new process, and the time to import the lab before it, in ms. */
function timeLoad(root: string): Load {
  const script = `const start = performance.now();
const { loadResults } = await import(${JSON.stringify(join(repository, 'src/lab/results/load-results.ts'))});
const before = process.cpuUsage();
const imported = performance.now();
await loadResults({ root: ${JSON.stringify(root)} });
const wall = performance.now() - imported;
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ imports: imported - start, wall, cpu: (user + system) / 1000 }));`;
  const args = ['--input-type=module', '-e', script];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Load;
}

async function benchLoading(experiments: number, seeds: number): Promise<void> {
  const root = project(experiments, seeds, 1);
  try {
    await runPlans(root, await plansOf(root, experiments));
    const times = Array.from({ length: 7 }, () => timeLoad(root));
    const of = (part: keyof Load) => `${median(times.map((time) => time[part])).toFixed(0)} ms`;
    console.log(
      `lab: loading ${experiments * seeds} cached tasks of ${experiments} experiments: ${of('wall')} (limit 150 ms), ${of('cpu')} of CPU; imports before it ${of('imports')}`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** CPU time in ms of `rounds` rounds on this thread; wall time would include other programs. */
function timeRounds(rounds: number): number {
  const loop = new Function('rounds', `${spin} return x;`) as (rounds: number) => number;
  loop(1e6);
  const before = process.threadCpuUsage();
  loop(rounds);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const medianTime = (rounds: number): number => median(Array.from({ length: 5 }, () => timeRounds(rounds)));

async function benchSweep(): Promise<void> {
  const threads = availableParallelism();
  const rounds = Math.round((2e7 * 100) / medianTime(2e7));
  const root = project(1, 64, rounds);
  try {
    const plans = await plansOf(root, 1);
    const began = new Map<unknown, number>();
    let occupied = 0;
    const before = process.cpuUsage();
    const start = performance.now();
    await runPlans(root, plans, {
      jobs: threads,
      report(event) {
        if (event.kind === 'started') began.set(event.task, performance.now());
        if (event.kind === 'finished') occupied += performance.now() - began.get(event.task)!;
      },
    });
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const overhead = ((user + system) / 1000 - 64 * medianTime(rounds)) / 64;
    console.log(
      `lab: 64 tasks of 100 ms on ${threads} threads: ${wall.toFixed(0)} ms, threads ${((100 * occupied) / (wall * threads)).toFixed(0)} % occupied, CPU ${((user + system) / 10 / (wall * threads)).toFixed(0)} % busy (limit 90 %), ${overhead.toFixed(1)} ms of CPU a task beyond its own`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

export async function lab(): Promise<void> {
  await benchLoading(1, 200);
  await benchLoading(10, 20);
  await benchSweep();
}
