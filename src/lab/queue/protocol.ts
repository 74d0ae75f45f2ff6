/**
 * What passes through the queue: which task to run, what it prints, how it ended. Never code or results: these are in the
 * shared store, code and data files by their SHA-256.
 */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { LabError, messageOf } from '../errors.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A task in the queue. Its id there is its key, the hash of `inputs`. */
export const jobSchema = z.strictObject({
  /** The experiment's file, for stacks. */
  file: z.string(),
  inputs: z.strictObject({
    code: digest,
    params: z.record(z.string(), scalar),
    seeds: z.array(z.number()),
    data: z.record(z.string(), digest),
    reader: digest.optional(),
    node: z.string(),
  }),
  /** Paths of the declared files by name, by whose endings they are parsed. */
  paths: z.record(z.string(), z.string()),
  timeLimit: z.number(),
  /** Whether to run it though the store has its result. */
  force: z.boolean(),
});

export type Job = z.infer<typeof jobSchema>;

/** How a job ended; its result, if it has one, is in the shared store. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored') }),
  /** The task failed, as it would anywhere. */
  z.object({ kind: z.literal('failed'), seed: z.number().optional(), message: z.string(), stack: z.string() }),
  /** The worker could not run it or not store its result, for a reason of its own. */
  z.object({ kind: z.literal('not stored'), reason: z.string() }),
]);

export type Outcome = z.infer<typeof outcomeSchema>;

/** What a running task reports. Lines of its console are numbered, since a task that is run twice prints them twice. */
export const progressSchema = z.union([
  z.object({ fraction: z.number() }),
  z.object({ first: z.number(), lines: z.array(z.string()) }),
]);

export type JobProgress = z.infer<typeof progressSchema>;

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Results depend on Node's version and on this package's, so workers of others listen to another queue. */
export const queueName = `measured-${version}-${process.version}`;

/** The address of a queue without its password, for messages. */
export function shownAddress(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

/** Milliseconds that Redis may take to answer first. */
const CONNECT_LIMIT = 10_000;

/**
 * A connection to Redis that comes back after it is lost. `onError` gets each reason why it is away. Throws LabError if
 * the address is no queue's, or Redis does not answer at first.
 */
export async function connect(address: string, onError: (reason: string) => void): Promise<Redis> {
  if (!URL.canParse(address) || !/^rediss?:$/.test(new URL(address).protocol))
    throw new LabError(`${address}: a queue is an address such as redis://host:6379, or rediss:// for TLS`);
  let reason = 'it gave no answer';
  const redis = new Redis(address, {
    // BullMQ's workers wait for as long as it takes.
    maxRetriesPerRequest: null,
    retryStrategy: () => 500,
    lazyConnect: true,
  });
  redis.on('error', (error: Error & { code?: string }) => {
    reason = error.message || error.code || String(error);
    onError(reason);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), CONNECT_LIMIT);
  });
  try {
    // A first connection that fails is not tried again: the address may be wrong.
    await Promise.race([redis.connect().then(() => redis.ping()), late]);
    return redis;
  } catch (error) {
    redis.disconnect();
    const said = messageOf(error) === 'Connection is closed.' ? reason : messageOf(error);
    throw new LabError(`${shownAddress(address)} does not answer: ${said}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
