/** A store of results over HTTP in the test's own process, whose answers a test may spoil. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Plan, planExperiment } from '../../../src/lab/plan/plan.ts';
import type { RunEvent } from '../../../src/lab/run/events.ts';
import { type RunOptions, runPlans } from '../../../src/lab/run/run.ts';
import { httpStore, type Limits } from '../../../src/lab/store/http-store.ts';
import type { SharedStore } from '../../../src/lab/store/store.ts';
import { fixture, type Project } from '../project.ts';

/** Answers a request in place of the server, or does nothing; `entry` is what is stored there. */
export type Answer = (request: IncomingMessage, response: ServerResponse, entry: string | undefined) => void;

export type StoreServer = {
  readonly address: string;
  /** What is stored, by path, such as `/ac/1f…`. */
  readonly entries: Map<string, string>;
  /** Method and `Authorization` of each request. */
  readonly requests: { readonly method: string; readonly authorization: string | undefined }[];
  /** The store as a run opens it, which may write. */
  store(limits?: Limits): SharedStore;
};

/** The token that may write. */
export const token = 'secret';

/** Starts a server with these entries; it ends with the test. What `answer` leaves open it answers as a store should. */
export async function storeServer(
  entries: Iterable<readonly [string, string]> = [],
  answer: Answer = () => {},
): Promise<StoreServer> {
  const stored = new Map(entries);
  const requests: StoreServer['requests'] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, authorization: headers.authorization });
    answer(request, response, stored.get(url));
    if (response.headersSent || response.destroyed) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (method === 'GET') response.writeHead(stored.has(url) ? 200 : 404).end(stored.get(url));
    else if (headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
    else {
      stored.set(url, Buffer.concat(chunks).toString());
      response.writeHead(201).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, entries: stored, requests, store: (limits) => httpStore(new URL(address), token, limits) };
}

/** What a run did. */
export type Run = {
  /** The tasks that ran. */
  readonly run: number;
  readonly fetched: number;
  /** Warnings and notes, in order. */
  readonly said: readonly string[];
  /** The messages of the failures. */
  readonly failures: readonly string[];
  /** The cache afterwards. */
  readonly cache: Readonly<Record<string, string>>;
};

/** The project of all these tests, and its plan. */
export const sums = (): Project => fixture('sums');
export const planOf = ({ root }: Project): Promise<Plan> => planExperiment(root, 'experiments/sums.ts');

/** Runs the project's experiment. */
export async function runWith(project: Project, options: RunOptions = {}): Promise<Run> {
  const events: RunEvent[] = [];
  const plan = await planOf(project);
  const failures = await runPlans(project.root, [plan], {
    jobs: 2,
    ...options,
    report: (event) => void events.push(event),
  });
  return {
    run: events.filter(({ kind }) => kind === 'started').length,
    fetched: events.reduce((sum, event) => sum + (event.kind === 'planned' ? event.fetched : 0), 0),
    // What went wrong, and what was audited.
    said: events
      .flatMap((event) => (event.kind === 'note' || event.kind === 'warning' ? [event.message] : []))
      .filter((message) => !message.startsWith('looking ')),
    failures: failures.map(({ message }) => message),
    cache: project.files('.measured/cache'),
  };
}

/** The paths and contents of a store that has a whole cache. */
export const entriesOf = (cache: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(cache).map(([file, text]) => [`/ac/${file.split('/').at(-1)!.replace('.json', '')}`, text]);

let known: Promise<{ cache: Run['cache']; tasks: Plan['tasks'] }> | undefined;

/** The cache after a run without a store, which runs once for all tests, and the tasks in it. */
export const localRun = () =>
  (known ??= (async () => {
    const project = sums();
    return { cache: (await runWith(project)).cache, tasks: (await planOf(project)).tasks };
  })());
