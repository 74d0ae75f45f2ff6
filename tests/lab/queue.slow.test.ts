/** The queue under faults: workers killed at random, Redis restarted, disks full, stores that fail. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { differences, filesOf } from '../../src/cli/verify/compare.ts';
import { ended } from '../helpers/child.ts';
import { hasRedis, redisServer } from '../helpers/redis.ts';
import { measured, smallBlog } from '../helpers/small-blog.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { fixture, type Project } from './project.ts';
import { entriesOf, type RunningWorker, startWorker, sweep } from './queue-helpers.ts';

function sweepProject(seeds: number, wait: number): Project {
  const project = fixture();
  project.write('experiments/sweep.ts', sweep(seeds, wait));
  return project;
}

/** The entries that a run on this machine alone gives. */
async function localEntries(seeds: number, wait: number): Promise<Record<string, string>> {
  const project = sweepProject(seeds, wait);
  expect((await project.cli('--jobs', '8')).code).toBe(0);
  return entriesOf(project);
}

/** Numbers from 0 below 1, the same in each run. */
function createRandom(seed: number): () => number {
  let x = seed;
  return () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647;
  };
}

test.runIf(hasRedis)(
  'a blog built on four workers, one of them killed and Redis restarted, has the bytes of one built here',
  async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    const files = {
      'experiments/sweep.ts': sweep(48, 200),
      'posts/post.mdx': `---
title: A sweep
description: What it gives.
date: 2026-01-02
---

It gives <Value of="sweep.x" format=".3f" />.
`,
    };
    const [here, there] = [smallBlog(files), smallBlog(files)];
    const local = await measured(here, 'build');
    expect(local.code, local.output).toBe(0);
    const workers = await Promise.all([1, 2, 3, 4].map(() => startWorker(redis.address, store)));
    const built = measured(there, 'build', '--on', redis.address, '--cache', store);
    const results = join(store, 'ac');
    const finished = async (n: number) => {
      while (!existsSync(results) || readdirSync(results).length < n) await delay(50);
    };
    await finished(5);
    workers[0]!.child.kill('SIGKILL');
    await finished(10);
    await redis.kill();
    await delay(1000);
    await redis.start();
    const { code, output } = await built;
    expect(code, output).toBe(0);
    expect(differences(filesOf(join(here, 'dist')), filesOf(join(there, 'dist')))).toEqual([]);
  },
);

describe.runIf(hasRedis)('a run on workers gives the bytes of a local one', () => {
  test('while workers are killed 50 times; each line of the tasks’ consoles comes once', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    const workers: RunningWorker[] = await Promise.all([1, 2, 3, 4].map(() => startWorker(redis.address, store)));
    const random = createRandom(7);
    let killed = 0;
    // As many runs as it takes, each of other tasks.
    for (let wait = 150; killed < 50; wait++) {
      const project = sweepProject(120, wait);
      const child = project.start('--on', redis.address, '--cache', store);
      const end = ended(child);
      let isOver = false;
      void end.then(() => {
        isOver = true;
      });
      while (killed < 50 && !isOver) {
        // One of each pair, a moment apart.
        await Promise.all(
          [0, 2].map(async (first) => {
            const i = first + Math.round(random());
            await delay(random() * 300);
            workers[i]!.child.kill('SIGKILL');
            killed++;
            workers[i] = await startWorker(redis.address, store);
          }),
        );
      }
      const { code, output } = await end;
      expect(code, output).toBe(0);
      expect(entriesOf(project)).toEqual(await localEntries(120, wait));
      const lines = output.split('\n').filter((line) => line.startsWith('sweep: seed'));
      expect(lines.toSorted()).toEqual([...new Set(lines)].toSorted());
    }
  });

  test('while Redis is killed and comes back empty, twice', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await Promise.all([startWorker(redis.address, store), startWorker(redis.address, store)]);
    const project = sweepProject(60, 200);
    const child = project.start('--on', redis.address, '--cache', store);
    const end = ended(child);
    for (let i = 0; i < 2; i++) {
      await new Promise<void>((started) => {
        child.stdout!.on('data', (text) => String(text).includes('seed') && started());
      });
      await redis.kill();
      await delay(1500);
      await redis.start();
    }
    const { code, output } = await end;
    expect(code, output).toBe(0);
    expect(output).toContain('is away');
    expect(output).toContain('is back');
    expect(entriesOf(project)).toEqual(await localEntries(60, 200));
  });

  test('while all that Redis holds is flushed', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await startWorker(redis.address, store);
    const project = sweepProject(40, 200);
    const child = project.start('--on', redis.address, '--cache', store);
    const end = ended(child);
    const client = redis.client();
    for (let i = 0; i < 3; i++) {
      await delay(1000);
      await client.flushall();
    }
    const { code, output } = await end;
    expect(code, output).toBe(0);
    expect(entriesOf(project)).toEqual(await localEntries(40, 200));
  });

  test('for two who ask for the same tasks at once, one of whom goes away', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await Promise.all([startWorker(redis.address, store), startWorker(redis.address, store)]);
    const projects = [sweepProject(40, 200), sweepProject(40, 200), sweepProject(40, 200)] as const;
    const children = projects.map((project) => project.start('--on', redis.address, '--cache', store));
    const ends = children.map(ended);
    await delay(2500);
    children[2]!.kill('SIGINT');
    const expected = await localEntries(40, 200);
    for (const i of [0, 1] as const) {
      const { code, output } = await ends[i]!;
      expect(code, output).toBe(0);
      expect(entriesOf(projects[i])).toEqual(expected);
    }
  });

  test('with a worker whose disk is full', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    // No folder that it could write to.
    const cwd = temporaryFolder({});
    const gone = temporaryFolder({});
    mkdirSync(`${gone}/tmp`);
    const env = { TMPDIR: `${gone}/tmp`, HOME: `${gone}/tmp` };
    rmSync(gone, { recursive: true });
    await startWorker(redis.address, store, { cwd, env });
    const [here, there] = [fixture('sums'), fixture('sums')];
    await here.cli();
    const { code, output } = await there.cli('--on', redis.address, '--cache', store);
    expect(code, output).toBe(0);
    expect(entriesOf(there)).toEqual(entriesOf(here));
  });

  /** What a store may do with a request for `path`; undefined: what it ought to. */
  type Fault = (
    method: string,
    path: string,
    content: Buffer | undefined,
  ) => { status: number; body: Buffer } | undefined;
  const faults: Readonly<Record<string, Fault>> = {
    'refuses results': (method, path) =>
      method === 'PUT' && path.startsWith('/ac/') ? { status: 507, body: Buffer.from('') } : undefined,
    'refuses code': (method, path) =>
      method === 'PUT' && path.startsWith('/cas/') ? { status: 500, body: Buffer.from('') } : undefined,
    'gives other code': (method, path) =>
      method === 'GET' && path.startsWith('/cas/')
        ? { status: 200, body: Buffer.from('module.exports = 1') }
        : undefined,
    'gives garbage for results': (method, path, content) =>
      method === 'GET' && path.startsWith('/ac/') && content !== undefined
        ? { status: 200, body: Buffer.from('<html>') }
        : undefined,
    'gives half of each result': (method, path, content) =>
      method === 'GET' && path.startsWith('/ac/') && content !== undefined
        ? { status: 200, body: content.subarray(0, content.length / 2) }
        : undefined,
    'forgets results': (method, path) =>
      method === 'GET' && path.startsWith('/ac/') ? { status: 404, body: Buffer.from('') } : undefined,
    'answers nothing but 500': () => ({ status: 500, body: Buffer.from('') }),
  };
  test.each(Object.keys(faults))('with a store that %s', async (name) => {
    const contents = new Map<string, Buffer>();
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const path = request.url!;
      const answer = faults[name]!(request.method!, path, contents.get(path));
      if (answer === undefined && request.method === 'PUT') contents.set(path, Buffer.concat(chunks));
      const found = contents.get(path);
      response.statusCode = answer?.status ?? (found === undefined ? 404 : 200);
      response.end(answer?.body ?? (request.method === 'PUT' ? undefined : found));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const env = { MEASURED_CACHE_TOKEN: 'x' };
    const redis = await redisServer();
    await startWorker(redis.address, address, { env, jobs: 4 });
    const [here, there] = [fixture('sums'), fixture('sums')];
    await here.cli();
    const { code, output } = await there.cliWith(env, '--on', redis.address, '--cache', address);
    expect(code, output).toBe(0);
    expect(output).toMatch(/run here/);
    expect(entriesOf(there)).toEqual(entriesOf(here));
  });
});
