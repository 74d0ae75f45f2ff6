/** Runs a job of the queue on this machine: fetches code and data, runs the task, stores its result. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Job as BullJob } from 'bullmq';
import type { Task } from '../plan/plan.ts';
import { sha256, taskKey } from '../plan/task-key.ts';
import type { Pool } from '../run/pool.ts';
import type { TaskRequest } from '../run/worker.ts';
import { entryText, readEntry } from '../store/cache.ts';
import type { SharedStore } from '../store/store.ts';
import { type JobProgress, jobSchema, type Outcome } from './protocol.ts';

/** Bundles and data files that are kept for the next tasks. */
const KEPT = 64;
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

/** How a job ended, and whether its task ran here. */
type JobEnd = { readonly outcome: Outcome; readonly ran: boolean };

const unclear = (reason: string): JobEnd => ({ outcome: { kind: 'not stored', reason }, ran: false });

/** A function that runs jobs in the threads of `pool`. It rejects if the store lacks what they need or takes no result. */
export function jobRunner(store: SharedStore, pool: Pool): (bullJob: BullJob) => Promise<JobEnd> {
  const contentOf = contentsOf(store);
  let requests = 0;
  return async (bullJob) => {
    const parsed = jobSchema.safeParse(bullJob.data);
    if (!parsed.success) return unclear('the task is none of this version');
    const { file, inputs: given, paths, timeLimit, force } = parsed.data;
    const { reader, ...others } = given;
    const inputs = reader === undefined ? others : { ...others, reader };
    const task: Task = { key: taskKey(inputs), params: inputs.params, seeds: inputs.seeds, inputs };
    if (task.key !== bullJob.id || inputs.node !== process.version)
      return unclear('the key of the task is another than that of its inputs');
    const before = force ? undefined : await store.get('ac', task.key).catch(() => undefined);
    if (before !== undefined && readEntry(Buffer.from(before).toString('utf8'), task).state === 'present')
      return { outcome: { kind: 'stored' }, ran: false };

    const digests = Object.values(inputs.data);
    const code = Buffer.from(await contentOf(inputs.code)).toString('utf8');
    const contents = Object.fromEntries(
      await Promise.all(digests.map(async (digest) => [digest, await contentOf(digest)] as const)),
    );
    const request: TaskRequest = { id: requests++, root: '', file, code, task, data: paths, contents };
    const progress = progressOf(bullJob);
    const result = await pool.run(request, timeLimit, (message) => {
      if (message.kind === 'log') progress.log(message.text);
      if (message.kind === 'progress') progress.fraction(message.fraction);
    });
    await progress.end();
    if (!result.ok) {
      const { ok: _, ...rest } = result;
      return { outcome: { kind: 'failed', ...rest }, ran: true };
    }
    await putEntry(store, task, result.records);
    return { outcome: { kind: 'stored' }, ran: true };
  };
}
