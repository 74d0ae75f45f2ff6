/** The command `measured worker`: takes tasks from a queue, runs them in threads, and puts their results into a store. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'bullmq';
import { LabError, messageOf } from '../errors.ts';
import { createPool } from '../run/pool.ts';
import { openStore, tokenVariable } from '../store/shared-store.ts';
import { connect, type Outcome, queueName, shownAddress } from './protocol.ts';
import { jobRunner } from './run-job.ts';
import { workerUsage } from './usage.ts';

/** A lock that is not renewed for so long, in milliseconds, is a lost worker's. */
const LOCK_DURATION = 15_000;
const STALLED_INTERVAL = 5000;
/** A task is given up after so many lost workers. */
const MAX_STALLED = 10;
function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { on: text, cache: text, jobs: text, memory: text } as const;
    const { values } = parseArgs({ args: [...args], options });
    const count = (name: 'jobs' | 'memory', otherwise: number) => {
      const value = values[name] === undefined ? otherwise : Number(values[name]);
      if (Number.isInteger(value) && value > 0) return value;
      throw new Error(`--${name} needs a positive integer: ${values[name]}`);
    };
    const { on, cache } = values;
    if (!on || !cache)
      throw new Error(`a worker needs ${on ? '' : '--on'}${on || cache ? '' : ' and '}${cache ? '' : '--cache'}`);
    return { on, cache, jobs: count('jobs', availableParallelism()), memory: count('memory', 2048) };
  } catch (error) {
    throw new LabError(`${messageOf(error)}\n\n${workerUsage}`);
  }
}

/**
 * Runs the command until a signal ends it. Whether it ended well. Throws LabError if the arguments are wrong, Redis does
 * not answer or the store may not be written.
 */
export async function runWorker(
  args: readonly string[],
  root: string,
  print: (line: string) => void,
): Promise<boolean> {
  const { on, cache, jobs, memory } = readOptions(args);
  const store = openStore(root, cache, process.env[tokenVariable]);
  if (!store.writable) throw new LabError(`a worker writes to its store: set ${tokenVariable} to the store's token`);
  const shown = shownAddress(on);
  let isAway = true;
  const redis = await connect(on, (reason) => {
    if (!isAway) print(`${shown} is away (${reason}): waiting for it`);
    isAway = true;
  });
  isAway = false;
  redis.on('ready', () => {
    if (isAway) print(`${shown} is back`);
    isAway = false;
  });
  const pool = createPool(jobs, memory);
  const runJob = jobRunner(store, pool);
  let done = 0;

  const worker = new Worker(
    queueName,
    async (job): Promise<Outcome> => {
      try {
        const { outcome, ran } = await runJob(job);
        if (ran) done++;
        return outcome;
      } catch (error) {
        print(`a task was not done: ${messageOf(error)}`);
        return { kind: 'not stored', reason: messageOf(error) };
      }
    },
    {
      connection: redis,
      concurrency: jobs,
      lockDuration: LOCK_DURATION,
      stalledInterval: STALLED_INTERVAL,
      maxStalledCount: MAX_STALLED,
    },
  );
  // The connection says so too; a lock that was lost is that of a task which another worker has taken over.
  worker.on('error', () => {});
  await worker.waitUntilReady();
  print(`${jobs} threads wait for tasks at ${shown} (${queueName}), results go to ${store.address}`);

  await new Promise<void>((end) => {
    let stoppedAt: number | undefined;
    const stop = () => {
      const now = performance.now();
      if (stoppedAt === undefined) {
        stoppedAt = now;
        print('stopping: tasks under way are finished first; stop again to leave them to other workers');
        void worker.close().then(end);
        // The launcher passes on what the terminal has sent to this process already.
      } else if (now - stoppedAt > 1000) end();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });
  print(`${done} tasks run`);
  redis.disconnect();
  await pool.close();
  return true;
}
