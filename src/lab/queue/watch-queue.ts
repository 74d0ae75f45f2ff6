/** Watches a queue while tasks are asked for: is Redis there, do workers listen, is anything lost? */
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Report } from '../run/events.ts';
import { missingWorkers } from './workers.ts';

/** Milliseconds between two looks, and between two warnings that there are no workers. */
const LOOK_INTERVAL = 5000;
const WARNING_INTERVAL = 60_000;
/** Milliseconds after which Redis that is away, or a queue without workers, is given up. */
const AWAY_LIMIT = 120_000;
const IDLE_LIMIT = 900_000;

type Watched = {
  readonly redis: Redis;
  readonly queue: Queue;
  /** The address of Redis in messages. */
  readonly shown: string;
  readonly report: Report;
  /** Keys of the tasks that were put into the queue and have not ended. */
  readonly queued: () => readonly string[];
  /** Number of tasks that are asked for. */
  readonly waiting: () => number;
  /** Called with the keys that are no longer in the queue: events may have been lost, or the whole queue. */
  readonly lost: (keys: readonly string[]) => Promise<void>;
  /** Called when it makes no sense to wait any longer, with the reason. */
  readonly giveUp: (reason: string) => void;
};

export type QueueWatch = {
  /** Tells that the connection was lost. */
  away(reason: string): void;
  /** Looks now. */
  look(): void;
  close(): void;
};

/** Begins to watch. */
export function watchQueue({ redis, queue, shown, report, queued, waiting, lost, giveUp }: Watched): QueueWatch {
  let awaySince: number | undefined;
  let awayReason = '';
  let idleSince: number | undefined;
  let warned = Number.NEGATIVE_INFINITY;

  function away(reason: string): void {
    if (awaySince !== undefined || waiting() === 0) return;
    awaySince = performance.now();
    awayReason = reason;
    report({ kind: 'warning', message: `${shown} is away (${reason}): waiting for it` });
  }

  async function findLost(): Promise<void> {
    const keys = queued();
    if (keys.length === 0) return;
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.exists(queue.toKey(key));
    const found = await pipeline.exec();
    await lost(keys.filter((_, i) => found?.[i]?.[1] === 0));
  }

  async function findWorkers(now: number): Promise<void> {
    const missing = await missingWorkers(redis, shown);
    if (missing === undefined) {
      idleSince = undefined;
      return;
    }
    idleSince ??= now;
    if (now - idleSince > IDLE_LIMIT) return giveUp(`${missing} None came in ${IDLE_LIMIT / 60_000} minutes`);
    if (now - warned < WARNING_INTERVAL) return;
    warned = now;
    report({ kind: 'warning', message: `${missing} ${waiting()} tasks wait` });
  }

  async function lookNow(): Promise<void> {
    if (waiting() === 0) return;
    const now = performance.now();
    if (redis.status !== 'ready') {
      away('no connection');
      if (now - (awaySince ?? now) > AWAY_LIMIT)
        giveUp(`${shown} has been away for ${AWAY_LIMIT / 1000} s (${awayReason}): finished tasks are in the cache`);
      return;
    }
    if (awaySince !== undefined) report({ kind: 'note', message: `${shown} is back` });
    awaySince = undefined;
    await findLost();
    await findWorkers(now);
  }

  // One look after another; a connection that is lost meanwhile is seen by the next.
  let looking = Promise.resolve();
  const look = () => {
    looking = looking.then(lookNow).catch(() => undefined);
  };
  const timer = setInterval(look, LOOK_INTERVAL);
  redis.on('ready', look);
  return {
    away,
    look,
    close() {
      clearInterval(timer);
      redis.off('ready', look);
    },
  };
}
