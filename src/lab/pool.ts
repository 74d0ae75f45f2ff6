/** A pool of worker threads, each with one task at a time. A task that takes its thread down fails alone. */
import { Piscina } from 'piscina';
import { messageOf } from './errors.ts';
import type { Message, Order, Outcome } from './worker.ts';

/** An order under way. */
type Running = {
  readonly listen: (message: Message) => void;
  /** Ends it, with the reason. */
  readonly stop: (reason: string) => void;
  /** Known once it has begun. */
  thread: number | undefined;
  /** How often in a row it was found to hold too much. */
  over: number;
};

export type Pool = {
  /** Runs an order as soon as a thread is free; never rejects. */
  run(order: Order, timeLimit: number, listen: (message: Message) => void): Promise<Outcome>;
  close(): Promise<void>;
};

/** Milliseconds between two looks at how much memory the threads hold. */
const LOOK = 250;

/**
 * Opens a pool of `threads` threads with `memory` MB each: of heap, which V8 itself keeps to, and of heap and typed arrays
 * together, which is looked at some times a second. What WebAssembly holds is not counted.
 */
export function openPool(threads: number, memory: number): Pool {
  const piscina = new Piscina<Order, Outcome>({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    recordTiming: false,
  });
  const orders = new Map<number, Running>();
  piscina.on('message', (message: Message) => {
    const order = orders.get(message.id);
    if (order === undefined) return;
    if (message.kind === 'taken') order.thread = message.thread;
    order.listen(message);
  });
  const tooMuch = `needed more than ${memory} MB of memory`;
  const looks = setInterval(() => {
    for (const order of orders.values()) void look(order);
  }, LOOK);
  /** Twice in a row, since the first time it may be garbage that is yet to be collected. */
  const look = async (order: Running): Promise<void> => {
    const worker = piscina.threads.find(({ threadId }) => threadId === order.thread);
    const held = await worker?.getHeapStatistics().catch(() => undefined);
    if (held === undefined) return;
    order.over = held.used_heap_size + held.external_memory > memory * 2 ** 20 ? order.over + 1 : 0;
    if (order.over > 1) order.stop(tooMuch);
  };
  // A lost thread rejects its own task; the pool says it once more, to nobody.
  piscina.on('error', () => {});
  return {
    async run(order, timeLimit, listen) {
      const abort = new AbortController();
      let stopped: string | undefined;
      const stop = (reason: string) => {
        stopped ??= reason;
        abort.abort();
      };
      const timer = setTimeout(() => stop(`took longer than its time limit of ${timeLimit} s`), timeLimit * 1000);
      orders.set(order.id, { listen, stop, thread: undefined, over: 0 });
      try {
        return await piscina.run(order, { signal: abort.signal });
      } catch (error) {
        const isFull = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
        const message = stopped ?? (isFull ? tooMuch : `lost its worker thread: ${messageOf(error)}`);
        return { ok: false, message, stack: '' };
      } finally {
        clearTimeout(timer);
        orders.delete(order.id);
      }
    },
    close: () => {
      clearInterval(looks);
      return piscina.destroy();
    },
  };
}
