/** What a worker thread does with a task: a fresh realm, the bundle, one record for each seed, as canonical JSON. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { canonical, NotJson } from './canonical.ts';
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

function describe(error: unknown): { message: string; stack: string } {
  // Errors of the task's realm are not instances of this one's Error.
  const { message, stack } = (typeof error === 'object' && error !== null ? error : {}) as Partial<Error>;
  return {
    message: typeof message === 'string' ? message : messageOf(error),
    stack: typeof stack === 'string' ? stack : '',
  };
}

/** A promise that was rejected with nobody waiting for it: what a task does on the side is the task's own doing. */
const strays: unknown[] = [];
process.on('unhandledRejection', (reason) => strays.push(reason));

/** Waits until Node has told of all rejections so far. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Executes an order. Never rejects for what the task does, except where it takes the whole thread down. */
export default async function work(order: Order): Promise<Outcome> {
  const realm = createRealm((text) => say({ id: order.id, kind: 'log', text }));
  let seed: number | undefined;
  strays.length = 0;
  const fail = (error: unknown): Outcome => ({
    ok: false,
    ...(seed === undefined ? {} : { seed }),
    ...describe(error),
  });
  try {
    const { run } = evaluate(order.code, order.file, realm.load, realm.context) as { run: Run };
    const data = await dataOf(order, realm);
    const records: string[] = [];
    for (seed of order.seeds) {
      const point = realm.adopt(order.params) as Point;
      const record = await run(point, { seed, progress: progressOf(order, records.length), data });
      records.push(canonical(record));
      await settled();
      if (strays.length > 0) throw strays[0];
      const impurity = realm.impurity();
      if (impurity !== undefined) throw impurity;
    }
    return { ok: true, records: `[${records.join(',')}]` };
  } catch (error) {
    const impurity = realm.impurity();
    if (impurity !== undefined) return fail(impurity);
    return fail(error instanceof NotJson ? new Error(`the record cannot be kept: ${error.message}`) : error);
  }
}
