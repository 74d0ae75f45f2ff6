/** What the lab itself costs: loading a cached project, and keeping every core busy. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planExperiment } from '../../src/lab/plan.ts';
import { runPlans } from '../../src/lab/run.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A loop whose rounds take about the same time on any realm. */
const spin = 'let x = 1; for (let i = 0; i < rounds; i++) x = Math.sqrt(x + i);';

/** A project with `count` experiments of `seeds` tasks, each of `rounds` rounds. */
function project(count: number, seeds: number, rounds: number): string {
  const root = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  mkdirSync(join(root, 'experiments'));
  symlinkSync(join(repository, 'src'), join(root, 'src'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  for (let i = 0; i < count; i++) {
    writeFileSync(
      join(root, `experiments/e${i}.ts`),
      `import { z } from 'zod';
import { defineExperiment, meanInterval } from '../src/lab/define.ts';
const rounds = ${rounds};
export default defineExperiment({
  question: 'How long does the lab take?',
  seeds: ${seeds},
  record: z.object({ x: z.number(), curve: z.array(z.number()) }),
  run(_, { seed }) { ${spin} return { x: x + seed, curve: Array.from({ length: 100 }, (_, k) => k / 7) }; },
  measures: { x: ({ records }) => meanInterval(records.map((row) => row.x)) },
});
`,
    );
  }
  return root;
}

const plansOf = (root: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => planExperiment(root, `experiments/e${i}.ts`)));

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds of loadResults in a fresh process, and of importing the lab before it. */
function freshLoad(root: string): { load: number; imports: number } {
  const script = `const a = performance.now();
const { loadResults } = await import(${JSON.stringify(join(repository, 'src/lab/stored.ts'))});
const b = performance.now();
await loadResults({ root: ${JSON.stringify(root)} });
process.stdout.write(JSON.stringify({ imports: b - a, load: performance.now() - b }));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as { load: number; imports: number };
}

async function loading(experiments: number, seeds: number): Promise<void> {
  const root = project(experiments, seeds, 1);
  try {
    await runPlans(root, await plansOf(root, experiments));
    const times = Array.from({ length: 7 }, () => freshLoad(root));
    const [load, imports] = [median(times.map((time) => time.load)), median(times.map((time) => time.imports))];
    console.log(
      `lab: loading ${experiments * seeds} cached tasks of ${experiments} experiments: ${load.toFixed(0)} ms (limit 150 ms), after ${imports.toFixed(0)} ms of imports`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Milliseconds of `rounds` rounds on this thread. */
function timed(rounds: number): number {
  const loop = new Function('rounds', `${spin} return x;`) as (rounds: number) => number;
  loop(1e5);
  const began = performance.now();
  loop(rounds);
  return performance.now() - began;
}

async function sweeping(): Promise<void> {
  const threads = availableParallelism();
  const rounds = Math.round((1e7 * 100) / median(Array.from({ length: 5 }, () => timed(1e7))));
  const root = project(1, 64, rounds);
  try {
    const plans = await plansOf(root, 1);
    const before = process.cpuUsage();
    const began = performance.now();
    await runPlans(root, plans, { jobs: threads });
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    const busy = (user + system) / 1000 / (wall * threads);
    const useful = (64 * median(Array.from({ length: 5 }, () => timed(rounds)))) / (wall * threads);
    const percent = (part: number) => `${(100 * part).toFixed(0)} %`;
    console.log(
      `lab: 64 tasks of 100 ms on ${threads} threads: ${wall.toFixed(0)} ms, cores ${percent(busy)} busy (limit 90 %), ${percent(useful)} of it in tasks`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Prints both. */
export async function lab(): Promise<void> {
  await loading(1, 200);
  await loading(10, 20);
  await sweeping();
}
