/** A pool of worker threads, each with one task at a time. A task whose thread crashes fails alone. */
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { messageOf } from '../errors.ts';
import { ownFile } from '../project.ts';
import { widenVectors } from './wide-vectors.ts';
import type { TaskRequest, TaskResult, WorkerMessage } from './worker.ts';

/** A task under way. */
type RunningTask = {
  readonly listen: (message: WorkerMessage) => void;
  /** Aborts it, with the reason. */
  readonly stop: (reason: string) => void;
  /** Id of its thread, once it has begun. */
  thread: number | undefined;
  /** Number of checks in a row at which it held too much memory. */
  overLimit: number;
};

/** Runs tasks: in threads of this process, or on workers elsewhere. */
export type Pool = {
  /** Tasks that it takes at once. */
  readonly lanes: number;
  /** Where results come from that were not computed in this process. */
  readonly from?: string;
  /** Runs a task as soon as a thread is free, for at most `timeLimit` seconds; never rejects. */
  run(request: TaskRequest, timeLimit: number, listen: (message: WorkerMessage) => void): Promise<TaskResult>;
  close(): Promise<void>;
};

/** Milliseconds between two checks of the threads' memory. */
const MEMORY_CHECK_INTERVAL = 250;

/**
 * Opens a pool of `threads` threads with `memory` MB each: a limit of the heap, enforced by V8, and of heap and typed
 * arrays together, checked some times a second. WebAssembly's memory is not counted.
 */
export function createPool(threads: number, memory: number): Pool {
  widenVectors(true);
  const piscina = new Piscina<TaskRequest, TaskResult>({
    filename: pathToFileURL(ownFile('./worker', import.meta.url)).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    recordTiming: false,
  });
  const running = new Map<number, RunningTask>();
  piscina.on('message', (message: WorkerMessage) => {
    const task = running.get(message.id);
    if (task === undefined) return;
    if (message.kind === 'taken') task.thread = message.thread;
    task.listen(message);
  });
  const outOfMemory = `needed more than ${memory} MB of memory`;
  const memoryChecks = setInterval(() => {
    for (const task of running.values()) void checkMemory(task);
  }, MEMORY_CHECK_INTERVAL);
  /** Stops a task at the second check in a row above the limit: at the first it may be uncollected garbage. */
  const checkMemory = async (task: RunningTask): Promise<void> => {
    const worker = piscina.threads.find(({ threadId }) => threadId === task.thread);
    const heap = await worker?.getHeapStatistics().catch(() => undefined);
    if (heap === undefined) return;
    task.overLimit = heap.used_heap_size + heap.external_memory > memory * 2 ** 20 ? task.overLimit + 1 : 0;
    if (task.overLimit > 1) task.stop(outOfMemory);
  };
  // A lost thread rejects its own task; without a listener the pool's second report of it would be thrown.
  piscina.on('error', () => {});
  return {
    lanes: threads,
    async run(request, timeLimit, listen) {
      const abort = new AbortController();
      let stopped: string | undefined;
      const stop = (reason: string) => {
        stopped ??= reason;
        abort.abort();
      };
      const timer = setTimeout(() => stop(`took longer than its time limit of ${timeLimit} s`), timeLimit * 1000);
      running.set(request.id, { listen, stop, thread: undefined, overLimit: 0 });
      try {
        return await piscina.run(request, { signal: abort.signal });
      } catch (error) {
        const isHeapFull = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
        const message = stopped ?? (isHeapFull ? outOfMemory : `lost its worker thread: ${messageOf(error)}`);
        return { ok: false, message, stack: '' };
      } finally {
        clearTimeout(timer);
        running.delete(request.id);
      }
    },
    close: () => {
      clearInterval(memoryChecks);
      // Node's cache of compiled code is of no use under other flags: what this process loads next would be compiled again.
      widenVectors(false);
      return piscina.destroy();
    },
  };
}
