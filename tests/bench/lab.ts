/** Overhead of the lab: time to load cached results, and use of all cores while tasks run. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { openQueuePool } from '../../src/lab/queue/queue-pool.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { openStore } from '../../src/lab/store/shared-store.ts';
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

/** Milliseconds of a run of the whole project at `root`, whose cache is emptied before. */
async function timeRun(root: string, options: Parameters<typeof runPlans>[2]): Promise<number> {
  rmSync(join(root, '.measured'), { recursive: true, force: true });
  const plans = await plansOf(root, 1);
  const start = performance.now();
  const failures = await runPlans(root, plans, options);
  if (failures.length > 0) throw new Error(failures[0]!.message);
  return performance.now() - start;
}

const REDIS_PORT = 16_399;

/** Serves the files of a folder on a port of its own. */
async function serveFolder(folder: string) {
  const server = createServer(({ url }, response) => {
    const file = join(folder, url!);
    if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** Time until 1,000 results of a store over HTTP are in the cache. */
async function benchStore(): Promise<void> {
  const root = project(1, 1000, 1);
  const store = mkdtempSync(join(tmpdir(), 'lab-bench-store-'));
  const served = await serveFolder(store);
  try {
    await timeRun(root, { store: openStore(root, store, undefined) });
    const http = openStore(root, served.address, undefined);
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push(await timeRun(root, { store: http }));
    console.log(`lab: 1000 results from a store over HTTP: ${median(times).toFixed(0)} ms (limit 3000 ms)`);
  } finally {
    served.close();
    rmSync(root, { recursive: true });
    rmSync(store, { recursive: true });
  }
}

/** Workers on this machine beside the threads of a local run, with Redis and a folder as store. */
async function benchQueue(): Promise<void> {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('lab: no redis-server: workers are left out');
    return;
  }
  const rounds = Math.round((2e7 * 100) / medianTime(2e7));
  const redis = spawn('redis-server', ['--port', String(REDIS_PORT), '--save', '', '--appendonly', 'no'], {
    cwd: tmpdir(),
    stdio: 'ignore',
  });
  const address = `redis://127.0.0.1:${REDIS_PORT}`;
  try {
    for (const workers of [1, 2, 4]) {
      const ratios: number[] = [];
      const overheads: number[] = [];
      for (let i = 0; i < 3; i++) {
        const { local, queued, tasks } = await compareQueue(address, workers, 32 * workers, rounds);
        ratios.push(local / queued);
        overheads.push(((queued - local) / tasks) * Math.min(workers, availableParallelism()));
      }
      console.log(
        `lab: tasks of 100 ms on ${workers} workers: ${(100 * median(ratios)).toFixed(0)} % of the throughput of as many threads (limit 90 %), ${median(overheads).toFixed(1)} ms more a task (limit 10 ms)`,
      );
    }
    const { local, queued, tasks } = await compareQueue(address, 2, 10_000, 1);
    console.log(
      `lab: ${tasks} small tasks on 2 workers: ${(queued / 1000).toFixed(1)} s, ${(queued / tasks).toFixed(2)} ms a task (limit 10 ms); on 2 threads ${(local / 1000).toFixed(1)} s`,
    );
  } finally {
    redis.kill('SIGKILL');
  }
}

/** Times of the same tasks on as many threads of this process and on workers of one thread each. */
async function compareQueue(address: string, workers: number, tasks: number, rounds: number) {
  const root = project(1, tasks, rounds);
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-store-'));
  const store = openStore(root, folder, undefined);
  const children = Array.from({ length: workers }, () => {
    const args = [join(repository, 'src/cli/main.ts'), 'worker', '--on', address, '--cache', folder, '--jobs', '1'];
    return spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  });
  try {
    await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
    const local = await timeRun(root, { jobs: workers });
    const report = () => {};
    const openPool = () => openQueuePool({ root, address, store, force: false, jobs: 1, memory: 2048, report });
    const queued = await timeRun(root, { store, openPool });
    return { local, queued, tasks };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true });
    rmSync(folder, { recursive: true });
  }
}

export async function lab(): Promise<void> {
  await benchLoading(1, 200);
  await benchLoading(10, 20);
  await benchSweep();
  await benchStore();
  await benchQueue();
}
