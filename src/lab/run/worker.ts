/**
 * Runs a task in a worker thread: computes a record for each seed, as canonical JSON. Each record is the one that a
 * fresh realm gives, so that no seed sees what another left behind.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, threadId } from 'node:worker_threads';
import type { Point } from '../authoring/define-experiment.ts';
import { normalizedContent } from '../data-files/line-endings.ts';
import { parseData } from '../data-files/read-data-file.ts';
import { messageOf } from '../errors.ts';
import type { Task } from '../plan/plan.ts';
import { sha256 } from '../plan/task-key.ts';
import { canonicalJson, jsonValueKinds, NotJson } from '../store/canonical-json.ts';
import { evaluateBundle } from './evaluate-bundle.ts';
import { createRealm, type Realm } from './realm.ts';

/** A task as it is sent to a worker. */
export type TaskRequest = {
  /** Number of the request, which its messages carry. */
  readonly id: number;
  readonly root: string;
  readonly file: string;
  readonly code: string;
  readonly task: Task;
  /** Paths of the declared files, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** Their contents by digest, where there is no project to read them in; in shared memory. */
  readonly contents?: Readonly<Record<string, Uint8Array>>;
};

/** What a worker sends while it works. */
export type WorkerMessage =
  /** The thread that runs the request. */
  | { readonly id: number; readonly kind: 'taken'; readonly thread: number }
  | { readonly id: number; readonly kind: 'progress'; readonly fraction: number }
  | { readonly id: number; readonly kind: 'log'; readonly text: string };

/** The records as canonical JSON, or why there are none. */
export type TaskResult =
  | { readonly ok: true; readonly records: string }
  | { readonly ok: false; readonly seed?: number; readonly message: string; readonly stack: string };

type Run = (point: Point, context: { seed: number; progress: (fraction: number) => void; data: unknown }) => unknown;

const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

/** Parsed data files by digest. */
const files = new Map<string, unknown>();

/** The parsed file, read once a worker. Throws if its content changed since the key was computed. */
async function dataFile({ root, contents }: TaskRequest, path: string, digest: string): Promise<unknown> {
  if (!files.has(digest)) {
    const shared = contents?.[digest];
    const bytes = shared ? Buffer.from(shared) : normalizedContent(path, await readFile(join(root, path)));
    if (sha256(bytes) !== digest) throw new Error(`${path} changed while the experiment ran`);
    files.set(digest, parseData(path, bytes));
  }
  return files.get(digest);
}

async function dataOf(request: TaskRequest, realm: Realm): Promise<unknown> {
  const entries = Object.entries(request.data).map(
    async ([name, path]) =>
      [name, realm.adopt(await dataFile(request, path, request.task.inputs.data[name]!))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Reports the fraction done, at most ten times a second; `done` seeds are over. */
function progressOf(request: TaskRequest, done: number): (fraction: number) => void {
  let last = performance.now();
  return (fraction) => {
    if (performance.now() - last < 100) return;
    last = performance.now();
    const seedsDone = done + Math.min(1, Math.max(0, fraction));
    send({ id: request.id, kind: 'progress', fraction: seedsDone / request.task.seeds.length });
  };
}

/** The text that `read` returns, or undefined if it returns something else or throws. */
const textOf = (read: () => unknown): string | undefined => {
  try {
    const text = read();
    return typeof text === 'string' ? text : undefined;
  } catch {
    // Such as a getter of the task.
    return undefined;
  }
};

/** Message and stack of anything thrown. Errors of the task's realm are not instances of this realm's Error. */
function describeError(error: unknown): { message: string; stack: string } {
  const part = (name: 'message' | 'stack') => textOf(() => (error as Partial<Error> | null | undefined)?.[name]);
  return {
    message: part('message') ?? textOf(() => messageOf(error)) ?? 'something that has no text was thrown',
    stack: part('stack') ?? '',
  };
}

/** Reasons of rejected promises that nobody awaits; they fail the task that is running. */
const unhandledRejections: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandledRejections.push(reason));

/** Waits until Node has reported all unhandled rejections so far. */
const rejectionsReported = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The bundle of a request in a fresh realm. */
type LoadedBundle = { readonly realm: Realm; readonly run: Run };

function loadBundle(request: TaskRequest, log: (text: string) => void): LoadedBundle {
  const realm = createRealm(log);
  try {
    const { run } = evaluateBundle(request.code, request.file, realm.load, realm.context) as { run: Run };
    return { realm, run };
  } catch (error) {
    throw realm.impurity() ?? error;
  }
}

/** The record of one seed as canonical JSON. Throws the task's error, or its first impurity even if caught. */
async function recordOf(
  request: TaskRequest,
  loaded: LoadedBundle,
  seed: number,
  progress: (fraction: number) => void,
): Promise<string> {
  const { realm, run } = loaded;
  unhandledRejections.length = 0;
  try {
    const point = realm.adopt(request.task.params) as Point;
    const data = await dataOf(request, realm);
    const value = await run(point, { seed, progress, data });
    const json = canonicalJson(value);
    await rejectionsReported();
    if (unhandledRejections.length > 0) throw unhandledRejections[0];
    if (realm.impurity() !== undefined) throw realm.impurity();
    return json;
  } catch (error) {
    const reason = realm.impurity() ?? error;
    if (!(reason instanceof NotJson)) throw reason;
    const { path, found } = reason;
    throw new Error(`${path === '' ? 'the record' : `record field ${path}`} is ${found}: ${jsonValueKinds}`);
  }
}

const silent = (): void => {};

/**
 * The records of all seeds, which share a realm; undefined if one failed or another may have left something behind for it.
 * None did if the first seed, run again after all others, and the last one, run in a fresh realm, give their records again.
 */
async function recordsInOneRealm(request: TaskRequest, log: (text: string) => void): Promise<string[] | undefined> {
  const { seeds } = request.task;
  const end = seeds.length - 1;
  const list: string[] = [];
  try {
    const shared = loadBundle(request, (text) => list.length <= end && log(text));
    for (const [done, seed] of seeds.entries())
      list.push(await recordOf(request, shared, seed, progressOf(request, done)));
    const first = await recordOf(request, shared, seeds[0]!, silent);
    const last = await recordOf(request, loadBundle(request, silent), seeds[end]!, silent);
    return first === list[0] && last === list[end] ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Runs each seed in a realm of its own. */
async function runSeparately(request: TaskRequest, log: (text: string) => void): Promise<TaskResult> {
  const list: string[] = [];
  for (const [done, seed] of request.task.seeds.entries()) {
    try {
      const loaded = loadBundle(request, log);
      list.push(await recordOf(request, loaded, seed, progressOf(request, done)));
    } catch (error) {
      return { ok: false, seed, ...describeError(error) };
    }
  }
  return resultOf(list);
}

const resultOf = (list: readonly string[]): TaskResult => ({ ok: true, records: `[${list.join(',')}]` });

/** From so many seeds on, a task's seeds share a realm: a fresh one takes up to 90 ms, mostly to compile code again. */
const SHARED_FROM = 4;

/** Runs a task. A task's errors are returned; only what crashes the thread rejects. */
export default async function work(request: TaskRequest): Promise<TaskResult> {
  send({ id: request.id, kind: 'taken', thread: threadId });
  const log = (text: string): void => send({ id: request.id, kind: 'log', text });
  if (request.task.seeds.length < SHARED_FROM) return runSeparately(request, log);
  const list = await recordsInOneRealm(request, log);
  return list === undefined ? runSeparately(request, silent) : resultOf(list);
}
