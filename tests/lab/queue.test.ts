/** A queue: workers elsewhere give the bytes of a local run, and everything that it says. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended } from '../helpers/child.ts';
import { repository } from '../helpers/files.ts';
import { freePort } from '../helpers/free-port.ts';
import { hasRedis, redisServer } from '../helpers/redis.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { fixture, type Project } from './project.ts';
import { entriesOf, startWorker, sweep } from './queue-helpers.ts';

/** The lines of `--json`, of one kind, without what may differ from run to run. */
const eventsOf = (output: string, kind: string): unknown[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { kind: string })
    .filter((event) => event.kind === kind)
    .map((event) => JSON.stringify(event))
    .sort();

function sweepProject(seeds: number, rounds: number): Project {
  const project = fixture();
  project.write('experiments/sweep.ts', sweep(seeds, rounds));
  return project;
}

describe.runIf(hasRedis)('on workers', () => {
  test('an experiment with a data file gives the bytes of a local run, and nothing of them passes through Redis', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await Promise.all([startWorker(redis.address, store), startWorker(redis.address, store)]);
    const [here, there] = [fixture('sums'), fixture('sums')];
    const local = await here.cli();
    const { code, output } = await there.cli('--on', redis.address, '--cache', store);
    expect(output).toContain('sums: 12 run');
    expect(code).toBe(0);
    expect(local.code).toBe(0);
    expect(entriesOf(there)).toEqual(entriesOf(here));
    const client = redis.client();
    const keys = await client.keys('*');
    const events = await client.xrange(keys.find((key) => key.endsWith(':events'))!, '-', '+');
    expect(JSON.stringify(events)).not.toMatch(/"sum|parts/);
    expect(keys.filter((key) => /[0-9a-f]{64}/.test(key))).toEqual([]);
  });

  test('tasks that fail do so once, with the same words and lines as here; logs are the same', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await startWorker(redis.address, store, { jobs: 2 });
    const projects = [fixture('troubles'), fixture('troubles')] as const;
    for (const project of projects) {
      // Without what a busy machine may end for another reason.
      project.edit('experiments/troubles.ts', '...deadly, ', '');
      project.edit('experiments/troubles.ts', 'timeLimit: 2,', '');
    }
    const [here, there] = projects;
    const local = await here.cli('--json');
    const { code, output } = await there.cli('--json', '--on', redis.address, '--cache', store);
    expect(code).toBe(1);
    for (const kind of ['failed', 'log', 'started', 'finished'])
      expect(eventsOf(output, kind), kind).toEqual(eventsOf(local.output, kind));
    expect(eventsOf(output, 'failed').length).toBeGreaterThan(3);
    expect(entriesOf(there)).toEqual(entriesOf(here));
  });

  test('a task ends at its time limit', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    await startWorker(redis.address, store);
    const project = fixture('troubles');
    project.edit('experiments/troubles.ts', '[...early, ...deadly, ...late]', "['loop']");
    const { code, output } = await project.cli('--on', redis.address, '--cache', store);
    expect(output).toContain('took longer than its time limit of 2 s');
    expect(code).toBe(1);
  });

  test('what the store has is not run again, and a worker that is asked to stop says what it did', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    const worker = await startWorker(redis.address, store);
    const project = fixture('sums');
    const { code } = await project.cli('--on', redis.address, '--cache', store);
    expect(code).toBe(0);
    expect(Object.keys(entriesOf(project))).toHaveLength(12);
    const other = fixture('sums');
    const second = await other.cli('--on', redis.address, '--cache', store);
    expect(second.output).toContain('sums: 12 fetched');
    worker.child.kill('SIGTERM');
    const { code: ending, output } = await worker.end;
    expect(output).toContain('12 tasks run');
    expect(ending).toBe(0);
  });

  test('Ctrl-C takes back the tasks that wait, and the result of the one under way is stored', async () => {
    const redis = await redisServer();
    const store = temporaryFolder({});
    const worker = await startWorker(redis.address, store);
    const project = sweepProject(20, 300);
    const child = project.start('--on', redis.address, '--cache', store);
    const end = ended(child);
    await new Promise<void>((started) => {
      child.stdout!.on('data', (text) => String(text).includes('seed') && started());
    });
    child.kill('SIGINT');
    child.kill('SIGINT');
    const { code, output } = await end;
    expect(output).toMatch(/\d+ waiting tasks taken back/);
    expect(code).toBe(130);
    worker.child.kill('SIGTERM');
    await worker.end;
    const keys = await redis.client().keys('*');
    expect(keys.filter((key) => /[0-9a-f]{64}/.test(key))).toEqual([]);
    expect(readdirSync(join(store, 'ac')).length).toBeLessThan(20);
    expect(readdirSync(join(store, 'ac')).length).toBeGreaterThan(0);
  });

  test('a password opens the queue and is never shown', async () => {
    const redis = await redisServer(['--requirepass', 'open-sesame']);
    const store = temporaryFolder({});
    const address = `redis://:open-sesame@127.0.0.1:${redis.port}`;
    const worker = await startWorker(address, store);
    const project = fixture('sums');
    const { code, output } = await project.cli('--on', address, '--cache', store);
    expect(code).toBe(0);
    const wrong = await fixture('sums').cli('--on', address.replace('open', 'shut'), '--cache', temporaryFolder({}));
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/^redis:\/\/127\.0\.0\.1:\d+ does not answer: WRONGPASS/m);
    worker.child.kill('SIGTERM');
    expect(output + wrong.output + (await worker.end).output).not.toMatch(/sesame/);
  });

  test('TLS is that of rediss://; a certificate that nobody vouches for is refused', async () => {
    const tls = join(repository, 'tests/fixtures/tls');
    const port = await freePort();
    const files = ['--tls-cert-file', `${tls}/certificate.pem`, '--tls-key-file', `${tls}/key.pem`];
    await redisServer(['--tls-port', String(port), '--tls-auth-clients', 'no', ...files]);
    const address = `rediss://127.0.0.1:${port}`;
    const env = { NODE_EXTRA_CA_CERTS: `${tls}/certificate.pem` };
    const store = temporaryFolder({});
    await startWorker(address, store, { env });
    const trusting = await fixture('sums').cliWith(env, '--on', address, '--cache', store);
    expect(trusting.code, trusting.output).toBe(0);
    const { code, output } = await fixture('sums').cli('--on', address, '--cache', temporaryFolder({}));
    expect(output).toContain(`${address} does not answer: self-signed certificate`);
    expect(code).toBe(1);
  });

  test('without workers the user is told, and which workers of other versions there are', async () => {
    const redis = await redisServer();
    const client = redis.client();
    await client.client('SETNAME', `bull:${Buffer.from('measured-0.0.1-v24.1.0').toString('base64')}`);
    const project = fixture('sums');
    const child = project.start('--on', redis.address, '--cache', temporaryFolder({}));
    const end = ended(child);
    await new Promise<void>((told) => {
      child.stdout!.on('data', (text) => String(text).includes('no worker of') && told());
    });
    child.kill('SIGINT');
    const { output } = await end;
    expect(output).toContain(`Node ${process.version} listens at ${redis.address}`);
    expect(output).toContain('1 of measured 0.0.1, Node v24.1.0');
    expect(output).toContain('12 tasks wait');
    expect(output).toContain('12 waiting tasks taken back');
  });
});

test('a queue that is not there, or no queue, is an error', async () => {
  const port = await freePort();
  const cache = ['--cache', temporaryFolder({})];
  const project = fixture('sums');
  const dead = await project.cli('--on', `redis://127.0.0.1:${port}`, ...cache);
  expect(dead.output).toContain(`redis://127.0.0.1:${port} does not answer: connect ECONNREFUSED`);
  const other = await project.cli('--on', 'http://127.0.0.1', ...cache);
  expect(other.output).toContain('a queue is an address such as redis://host:6379');
  const alone = await project.cli('--on', 'redis://127.0.0.1');
  expect(alone.output).toContain('--on needs --cache');
  const readOnly = await project.cli('--on', 'redis://127.0.0.1', '--cache', 'http://127.0.0.1:9');
  expect(readOnly.output).toContain('MEASURED_CACHE_TOKEN');
  expect([dead.code, other.code, alone.code, readOnly.code]).toEqual([1, 1, 1, 1]);
});
