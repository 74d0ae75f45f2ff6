/**
 * What a worker thread does with a task: for each seed a record, as canonical JSON, as if the seed had a fresh realm with
 * the bundle in it, so that none sees what another left behind.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, threadId } from 'node:worker_threads';
import { canHold, canonical, NotJson } from './canonical.ts';
import { parseData } from './data.ts';
import type { Point } from './define.ts';
import { messageOf } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { sha256 } from './key.ts';
import { contentOf } from './line-ends.ts';
import { createRealm, type Realm } from './realm.ts';

/** A task as it is sent to a worker. */
export type Order = {
  /** Number of the order, by which its messages are known. */
  readonly id: number;
  readonly root: string;
  readonly file: string;
  readonly code: string;
  readonly params: Point;
  readonly seeds: readonly number[];
  /** Declared files: path and digest at the time of planning. */
  readonly data: Readonly<Record<string, { readonly path: string; readonly digest: string }>>;
};

/** What a worker says while it works. */
export type Message =
  /** Which thread has the order. */
  | { readonly id: number; readonly kind: 'taken'; readonly thread: number }
  | { readonly id: number; readonly kind: 'progress'; readonly fraction: number }
  | { readonly id: number; readonly kind: 'log'; readonly text: string };

/** What becomes of an order: the records as canonical JSON, or why there are none. */
export type Outcome =
  | { readonly ok: true; readonly records: string }
  | { readonly ok: false; readonly seed?: number; readonly message: string; readonly stack: string };

type Run = (point: Point, context: { seed: number; progress: (fraction: number) => void; data: unknown }) => unknown;

const say = (message: Message): void => parentPort?.postMessage(message);

const files = new Map<string, unknown>();

/** The parsed file, read once a worker. Throws if its content is no longer what the key says. */
async function dataFile(root: string, path: string, digest: string): Promise<unknown> {
  if (!files.has(digest)) {
    const bytes = contentOf(path, await readFile(join(root, path)));
    if (sha256(bytes) !== digest) throw new Error(`${path} changed while the experiment ran`);
    files.set(digest, parseData(path, bytes));
  }
  return files.get(digest);
}

async function dataOf(order: Order, realm: Realm): Promise<unknown> {
  const entries = Object.entries(order.data).map(
    async ([name, { path, digest }]) => [name, realm.adopt(await dataFile(order.root, path, digest))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Says how far the order is, at most each tenth of a second. */
function progressOf(order: Order, done: number): (fraction: number) => void {
  let last = performance.now();
  return (fraction) => {
    if (performance.now() - last < 100) return;
    last = performance.now();
    say({ id: order.id, kind: 'progress', fraction: (done + Math.min(1, Math.max(0, fraction))) / order.seeds.length });
  };
}

const textOf = (read: () => unknown): string | undefined => {
  try {
    const text = read();
    return typeof text === 'string' ? text : undefined;
  } catch {
    // A getter of the task's own that throws.
    return undefined;
  }
};

/** Anything thrown, in words. Errors of the task's realm are not instances of this one's Error. */
function describe(error: unknown): { message: string; stack: string } {
  const part = (name: 'message' | 'stack') => textOf(() => (error as Partial<Error> | null | undefined)?.[name]);
  return {
    message: part('message') ?? textOf(() => messageOf(error)) ?? 'something that has no text was thrown',
    stack: part('stack') ?? '',
  };
}

/** A promise that was rejected with nobody waiting for it: what a task does on the side is the task's own doing. */
const strays: unknown[] = [];
process.on('unhandledRejection', (reason) => strays.push(reason));

/** Waits until Node has told of all rejections so far. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The bundle of an order in a fresh realm. */
type Loaded = { readonly realm: Realm; readonly run: Run };

function loaded(order: Order, log: (text: string) => void): Loaded {
  const realm = createRealm(log);
  try {
    const { run } = evaluate(order.code, order.file, realm.load, realm.context) as { run: Run };
    return { realm, run };
  } catch (error) {
    throw realm.impurity() ?? error;
  }
}

/** The record of one seed as canonical JSON. Throws what the task throws, or its first impurity, caught or not. */
async function record(order: Order, { realm, run }: Loaded, seed: number, done: number): Promise<string> {
  strays.length = 0;
  try {
    const point = realm.adopt(order.params) as Point;
    const data = await dataOf(order, realm);
    const value = await run(point, { seed, progress: progressOf(order, done), data });
    const json = canonical(value);
    await settled();
    if (strays.length > 0) throw strays[0];
    const impurity = realm.impurity();
    if (impurity !== undefined) throw impurity;
    return json;
  } catch (error) {
    const impurity = realm.impurity();
    if (impurity !== undefined) throw impurity;
    if (!(error instanceof NotJson)) throw error;
    throw new Error(`${error.path === '' ? 'the record' : `record field ${error.path}`} is ${error.found}: ${canHold}`);
  }
}

type Records = { readonly ok: true; readonly list: readonly string[] } | (Outcome & { readonly ok: false });

/** The records of all seeds, which share a realm or have one each. */
async function recordsOf(order: Order, shared: boolean, log: (text: string) => void): Promise<Records> {
  const list: string[] = [];
  let all: Loaded | undefined;
  for (const [done, seed] of order.seeds.entries()) {
    try {
      all = shared && all ? all : loaded(order, log);
      list.push(await record(order, all, seed, done));
    } catch (error) {
      return { ok: false, seed, ...describe(error) };
    }
  }
  return { ok: true, list };
}

const silent = (): void => {};

/** Whether the last two records of seeds that shared a realm are those of fresh ones, so that no seed left anything behind. */
async function areFresh(order: Order, list: readonly string[]): Promise<boolean> {
  const last = { ...order, seeds: order.seeds.slice(-2) };
  const fresh = await recordsOf(last, false, silent);
  return fresh.ok && fresh.list.every((text, i) => text === list.at(i - 2));
}

/** From so many seeds on they share a realm: a fresh one costs up to 90 ms, most of it in code that is not compiled yet. */
const many = 4;

/** Executes an order. Never rejects for what the task does, except where it takes the whole thread down. */
export default async function work(order: Order): Promise<Outcome> {
  say({ id: order.id, kind: 'taken', thread: threadId });
  const log = (text: string): void => say({ id: order.id, kind: 'log', text });
  const share = order.seeds.length >= many;
  let records = await recordsOf(order, share, log);
  if (share && !(records.ok && (await areFresh(order, records.list)))) records = await recordsOf(order, false, silent);
  return records.ok ? { ok: true, records: `[${records.list.join(',')}]` } : records;
}
