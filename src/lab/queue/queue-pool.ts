/**
 * The pool of workers elsewhere: tasks go into a queue in Redis (BullMQ), results come back through the shared store.
 *
 *     run ─▶ code and data to /cas ─▶ queue ─▶ a worker ─▶ its outcome ─▶ GET /ac/<key>
 *
 * Redis may lose everything at any time. What is in doubt is looked up, and asked for again: a task that runs twice gives
 * the same bytes. What a worker cannot store runs here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import { LabError, messageOf } from '../errors.ts';
import type { Report } from '../run/events.ts';
import { createLimit } from '../run/limit.ts';
import { createPool, type Pool } from '../run/pool.ts';
import { PARALLEL } from '../run/shared-results.ts';
import type { TaskRequest, TaskResult, WorkerMessage } from '../run/worker.ts';
import { readEntry } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { SharedStore } from '../store/shared-store.ts';
import { connect, type Job, type Outcome, outcomeSchema, progressSchema, queueName, shownAddress } from './protocol.ts';
import { inputSharing } from './share-inputs.ts';
import { type QueueWatch, watchQueue } from './watch-queue.ts';

/** A task that is asked for. */
type Asked = {
  readonly request: TaskRequest;
  readonly timeLimit: number;
  readonly listen: (message: WorkerMessage) => void;
  readonly job: Job;
  readonly end: (result: TaskResult) => void;
  readonly fail: (error: LabError) => void;
  /** Whether it was put into the queue; from then on it is there, or something became of it. */
  queued: boolean;
  /** Whether its outcome is being looked up. */
  ending: boolean;
  /** Lines of its console that were reported. */
  lines: number;
};

type QueuePoolOptions = {
  readonly root: string;
  /** Of Redis. */
  readonly address: string;
  readonly store: SharedStore;
  /** Run tasks though the store has their results. */
  readonly force: boolean;
  /** Threads and memory (MB) for what runs here. */
  readonly jobs: number;
  readonly memory: number;
  readonly report: Report;
};

/** Tasks in the queue at once, of one process. */
const LANES = 1000;
/** Milliseconds that taking tasks back may take. */
const TAKE_BACK_LIMIT = 5000;

/** Opens the queue. Throws LabError if Redis does not answer. */
export async function openQueuePool(options: QueuePoolOptions): Promise<Pool> {
  const { root, address, store, force, report } = options;
  const shown = shownAddress(address);
  const said = new Set<string>();
  const warnOnce = (message: string) => {
    if (!said.has(message)) report({ kind: 'warning', message });
    said.add(message);
  };

  const asked = new Map<string, Asked>();
  let watch: QueueWatch | undefined;
  const redis = await connect(address, (reason) => watch?.away(reason));
  const [seconds, microseconds] = await redis.time();
  const queue = new Queue<Job>(queueName, { connection: redis });
  const events = new QueueEvents(queueName, {
    connection: redis.duplicate(),
    // From now on, whenever it begins to read.
    lastEventId: `${seconds}${String(microseconds).padStart(6, '0').slice(0, 3)}-0`,
  });
  // The connection says so too.
  queue.on('error', () => {});
  events.on('error', () => {});

  // --- What runs here -------------------------------------------------------------------------------------------------
  let local: Pool | undefined;
  const limitLocal = createLimit(options.jobs);
  const runHere = ({ request, timeLimit, listen }: Pick<Asked, 'request' | 'timeLimit' | 'listen'>) =>
    limitLocal(() => {
      local ??= createPool(options.jobs, options.memory);
      return local.run(request, timeLimit, listen);
    });

  const shareInputs = inputSharing(root, store);

  // --- Outcomes -----------------------------------------------------------------------------------------------------
  const limitReads = createLimit(PARALLEL);

  /** The task's records in the store; undefined if it has none that are whole. */
  const storedRecords = ({ request: { task } }: Asked): Promise<string | undefined> =>
    limitReads(async () => {
      try {
        const content = await store.get('ac', task.key);
        const found = content && readEntry(Buffer.from(content).toString('utf8'), task);
        return found?.state === 'present' ? canonicalJson(found.records) : undefined;
      } catch (error) {
        warnOnce(`${store.address}: results could not be read (${messageOf(error)}): their tasks run here`);
        return undefined;
      }
    });

  function finish(one: Asked, result: TaskResult): void {
    asked.delete(one.request.task.key);
    one.end(result);
  }

  /** Ends a task by its outcome, once. */
  async function settle(one: Asked, outcome: Outcome): Promise<void> {
    if (one.ending) return;
    one.ending = true;
    if (outcome.kind === 'failed') {
      const { kind: _, seed, ...rest } = outcome;
      return finish(one, { ok: false, ...rest, ...(seed === undefined ? {} : { seed }) });
    }
    if (outcome.kind === 'stored') {
      // A network disk may show a new file some seconds later.
      for (const wait of [0, 300, 1000, 3000]) {
        if (wait > 0) await delay(wait);
        const records = await storedRecords(one);
        if (records !== undefined) return finish(one, { ok: true, records });
      }
      warnOnce(`${store.address} lacks results that workers stored: is it their store too? Their tasks run here`);
    } else warnOnce(`a worker could not do its work (${outcome.reason}): such tasks run here`);
    finish(one, await runHere(one));
  }

  events.on('active', ({ jobId }) => {
    const one = asked.get(jobId);
    one?.listen({ kind: 'taken', id: one.request.id, thread: -1 });
  });
  events.on('progress', ({ jobId, data }) => {
    const one = asked.get(jobId);
    const progress = progressSchema.safeParse(data);
    if (one === undefined || !progress.success) return;
    const { id } = one.request;
    if ('fraction' in progress.data) return one.listen({ kind: 'progress', id, fraction: progress.data.fraction });
    const { first, lines } = progress.data;
    for (const text of lines.slice(Math.max(0, one.lines - first))) one.listen({ kind: 'log', id, text });
    one.lines = Math.max(one.lines, first + lines.length);
  });
  events.on('completed', ({ jobId, returnvalue }) => {
    const one = asked.get(jobId);
    const outcome = outcomeSchema.safeParse(returnvalue);
    const unclear = { kind: 'not stored', reason: 'its answer is none of this version' } as const;
    if (one !== undefined) void settle(one, outcome.success ? outcome.data : unclear);
  });
  events.on('failed', ({ jobId, failedReason }) => {
    const one = asked.get(jobId);
    if (one === undefined) return;
    const message = 'lost its worker again and again: it may be what ends them';
    const outcome: Outcome = /stalled/.test(failedReason)
      ? { kind: 'failed', message, stack: '' }
      : { kind: 'not stored', reason: failedReason };
    void settle(one, outcome);
  });
  events.on('stalled', ({ jobId }) => {
    if (asked.has(jobId)) report({ kind: 'note', message: 'a worker was lost: its task goes to another' });
  });

  // --- Asking -------------------------------------------------------------------------------------------------------
  let waiting: Asked[] = [];
  async function ask(): Promise<void> {
    const some = waiting;
    waiting = [];
    const jobs = some.map(({ request, job }) => ({
      name: 'task',
      data: job,
      opts: { jobId: request.task.key, removeOnComplete: true, removeOnFail: true },
    }));
    // What does not arrive is seen in the next sweep.
    await queue.addBulk(jobs).catch(() => undefined);
    for (const one of some) one.queued = true;
  }
  function enqueue(one: Asked): void {
    one.queued = false;
    waiting.push(one);
    if (waiting.length === 1) setImmediate(() => void ask());
  }

  /** Ends the tasks that are no longer in the queue by their results, or asks for them again. */
  async function askAgain(keys: readonly string[]): Promise<void> {
    const some = keys.flatMap((key) => asked.get(key) ?? []);
    await Promise.all(
      some.map(async (one) => {
        const records = force ? undefined : await storedRecords(one);
        if (one.ending) return;
        if (records === undefined) return enqueue(one);
        one.ending = true;
        finish(one, { ok: true, records });
      }),
    );
  }

  watch = watchQueue({
    redis,
    queue,
    shown,
    report,
    queued: () => [...asked].filter(([, one]) => one.queued && !one.ending).map(([key]) => key),
    waiting: () => asked.size,
    lost: askAgain,
    giveUp(reason) {
      for (const one of asked.values()) one.fail(new LabError(reason));
      asked.clear();
    },
  });

  // --- The end ------------------------------------------------------------------------------------------------------
  /** Takes the tasks back that no worker has begun. */
  async function takeBack(): Promise<number> {
    const removed = Promise.all([...asked.keys()].map((key) => queue.remove(key).catch(() => 0)));
    const list = await Promise.race([removed, delay(TAKE_BACK_LIMIT, [] as number[], { ref: false })]);
    return list.filter((n) => n === 1).length;
  }
  let interrupted = false;
  async function interrupt(signal: NodeJS.Signals): Promise<void> {
    // The launcher passes on what the terminal has sent to this process already.
    if (interrupted) return;
    interrupted = true;
    const n = await takeBack();
    const underWay = asked.size - n;
    const rest = underWay > 0 ? `; ${underWay} under way go on, and their results go to the store` : '';
    report({ kind: 'note', message: `${n} waiting tasks taken back${rest}` });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);

  await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
  const running = new Map<string, Promise<TaskResult>>();
  return {
    lanes: LANES,
    from: store.address,
    run(request, timeLimit, listen) {
      const { task, file, data } = request;
      // Two experiments with the same code have tasks of the same key.
      const same = running.get(task.key);
      if (same !== undefined) return same;
      const one = { request, timeLimit, listen };
      const result = shareInputs(request).then(
        () =>
          new Promise<TaskResult>((end, fail) => {
            const { inputs } = task;
            const job: Job = {
              file,
              inputs: { ...inputs, seeds: [...inputs.seeds] },
              paths: { ...data },
              timeLimit,
              force,
            };
            const full: Asked = { ...one, job, end, fail, queued: false, ending: false, lines: 0 };
            asked.set(task.key, full);
            enqueue(full);
            if (asked.size === 1) watch?.look();
          }),
        (error: unknown) => {
          warnOnce(`${store.address}: code and data could not be written (${messageOf(error)}): tasks run here`);
          return runHere(one);
        },
      );
      running.set(task.key, result);
      return result.finally(() => running.delete(task.key));
    },
    async close() {
      watch?.close();
      for (const signal of signals) process.off(signal, interrupt);
      if (asked.size > 0) await takeBack();
      await Promise.allSettled([events.close(), queue.close(), local?.close()]);
      redis.disconnect();
    },
  };
}
