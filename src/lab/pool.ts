/** A pool of worker threads, each with one task at a time. A task that takes its thread down fails alone. */
import { Piscina } from 'piscina';
import { messageOf } from './errors.ts';
import type { Message, Order, Outcome } from './worker.ts';

export type Pool = {
  /** Runs an order as soon as a thread is free; never rejects. */
  run(order: Order, timeLimit: number, listen: (message: Message) => void): Promise<Outcome>;
  close(): Promise<void>;
};

function loss(error: unknown, timeLimit: number, timedOut: boolean, memory: number): string {
  if (timedOut) return `took longer than its time limit of ${timeLimit} s`;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `needed more than ${memory} MB of memory`;
  return `lost its worker thread: ${messageOf(error)}`;
}

/** Opens a pool of `threads` threads with `memory` MB of heap each. */
export function openPool(threads: number, memory: number): Pool {
  const piscina = new Piscina<Order, Outcome>({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    recordTiming: false,
  });
  const listeners = new Map<number, (message: Message) => void>();
  piscina.on('message', (message: Message) => listeners.get(message.id)?.(message));
  // A lost thread rejects its own task; the pool says it once more, to nobody.
  piscina.on('error', () => {});
  return {
    async run(order, timeLimit, listen) {
      const abort = new AbortController();
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        abort.abort();
      }, timeLimit * 1000);
      listeners.set(order.id, listen);
      try {
        return await piscina.run(order, { signal: abort.signal });
      } catch (error) {
        return { ok: false, message: loss(error, timeLimit, timedOut, memory), stack: '' };
      } finally {
        clearTimeout(timer);
        listeners.delete(order.id);
      }
    },
    close: () => piscina.destroy(),
  };
}
