/** The command `measured worker`: takes tasks from a queue, runs them in threads, and puts their results into a store. */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Job as BullJob, Worker } from 'bullmq';
import { LabError, messageOf } from '../errors.ts';
import type { Task } from '../plan/plan.ts';
import { sha256, taskKey } from '../plan/task-key.ts';
import { createPool } from '../run/pool.ts';
import type { TaskRequest } from '../run/worker.ts';
import { entryText, readEntry } from '../store/cache.ts';
import { openStore, type SharedStore, tokenVariable } from '../store/shared-store.ts';
import { connect, type JobProgress, jobSchema, type Outcome, queueName, shownAddress } from './protocol.ts';
import { workerUsage } from './usage.ts';

/** Bundles and data files that are kept for the next tasks. */
const KEPT = 64;
/** A lock that is not renewed for so long, in milliseconds, is a lost worker's. */
const LOCK_DURATION = 15_000;
const STALLED_INTERVAL = 5000;
/** A task is given up after so many lost workers. */
const MAX_STALLED = 10;
/** Milliseconds between two reports of a task's console. */
const LOG_INTERVAL = 100;

/** Contents of the store by their SHA-256, each fetched once. */
function contentsOf(store: SharedStore) {
  const kept = new Map<string, Promise<Uint8Array>>();
  return (digest: string): Promise<Uint8Array> => {
    const known = kept.get(digest);
    if (known !== undefined) return known;
    const fetched = store.get('cas', digest).then((content) => {
      if (content === undefined)
        throw new Error(`${store.address} has no /cas/${digest}: is it the asking side's store?`);
      if (sha256(content) !== digest) throw new Error(`${store.address} gives something else as /cas/${digest}`);
      // Shared with the threads, so that a large file is there once.
      const shared = new Uint8Array(new SharedArrayBuffer(content.length));
      shared.set(content);
      return shared;
    });
    fetched.catch(() => kept.delete(digest));
    kept.set(digest, fetched);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return fetched;
  };
}

/** Sends what a task prints in batches, and how far it is. */
function progressOf(job: BullJob) {
  const lines: string[] = [];
  let sent = 0;
  let sending = Promise.resolve();
  // If a report is lost, the task goes on.
  const update = (progress: JobProgress) => {
    sending = sending.then(() => job.updateProgress(progress)).catch(() => undefined);
  };
  const flush = () => {
    if (lines.length > sent) update({ first: sent, lines: lines.slice(sent) });
    sent = lines.length;
  };
  const timer = setInterval(flush, LOG_INTERVAL);
  return {
    log: (text: string) => void lines.push(text),
    fraction: (fraction: number) => update({ fraction }),
    async end() {
      clearInterval(timer);
      flush();
      await sending;
    },
  };
}

/** Puts an entry into the store; a store that is away for a moment is tried again. */
async function putEntry(store: SharedStore, task: Task, records: string): Promise<void> {
  const content = Buffer.from(entryText(task, records));
  for (const wait of [500, 2000, undefined]) {
    try {
      return await store.put('ac', task.key, content);
    } catch (error) {
      if (wait === undefined) throw error;
      await delay(wait);
    }
  }
}

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
  const contentOf = contentsOf(store);
  let requests = 0;
  let done = 0;

  async function runJob(bullJob: BullJob): Promise<Outcome> {
    const parsed = jobSchema.safeParse(bullJob.data);
    if (!parsed.success) return { kind: 'not stored', reason: 'the task is none of this version' };
    const { file, inputs: given, paths, timeLimit, force } = parsed.data;
    const { reader, ...others } = given;
    const inputs = reader === undefined ? others : { ...others, reader };
    const task: Task = { key: taskKey(inputs), params: inputs.params, seeds: inputs.seeds, inputs };
    if (task.key !== bullJob.id || inputs.node !== process.version)
      return { kind: 'not stored', reason: 'the key of the task is another than that of its inputs' };
    const before = force ? undefined : await store.get('ac', task.key).catch(() => undefined);
    if (before !== undefined && readEntry(Buffer.from(before).toString('utf8'), task).state === 'present')
      return { kind: 'stored' };

    const digests = Object.values(inputs.data);
    const code = Buffer.from(await contentOf(inputs.code)).toString('utf8');
    const contents = Object.fromEntries(
      await Promise.all(digests.map(async (digest) => [digest, await contentOf(digest)] as const)),
    );
    const request: TaskRequest = { id: requests++, root, file, code, task, data: paths, contents };
    const progress = progressOf(bullJob);
    const result = await pool.run(request, timeLimit, (message) => {
      if (message.kind === 'log') progress.log(message.text);
      if (message.kind === 'progress') progress.fraction(message.fraction);
    });
    await progress.end();
    if (!result.ok) {
      const { ok: _, ...rest } = result;
      return { kind: 'failed', ...rest };
    }
    await putEntry(store, task, result.records);
    done++;
    return { kind: 'stored' };
  }

  const worker = new Worker(
    queueName,
    async (job): Promise<Outcome> => {
      try {
        return await runJob(job);
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
