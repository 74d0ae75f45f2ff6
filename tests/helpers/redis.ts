/** A Redis server of a test's own, if one is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

/** Whether redis-server is installed; with MEASURED_REQUIRE_REDIS=1 its absence is an error. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && process.env.MEASURED_REQUIRE_REDIS === '1') throw new Error('no redis-server');
if (!hasRedis) console.warn('tests of the queue skipped: no redis-server; apt-get install redis-server');

export type RedisServer = {
  readonly port: number;
  readonly address: string;
  /** A connection to it; closed when the test is over. */
  client(): Redis;
  /** Ends it in an instant; what it held is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

/** Starts a server that keeps nothing on disk, with further arguments, until the test is over. */
export async function redisServer(args: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  let server: ChildProcess;
  const start = async () => {
    const all = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args];
    server = spawn('redis-server', all, { cwd: '/tmp', stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of server.stdout!) {
      output += String(chunk);
      if (output.includes('Ready to accept connections')) break;
    }
    server.stdout!.resume();
  };
  const kill = async () => {
    const closed = once(server, 'exit');
    server.kill('SIGKILL');
    await closed;
  };
  await start();
  onTestFinished(() => void server.kill('SIGKILL'));
  return {
    port,
    address: `redis://127.0.0.1:${port}`,
    client() {
      const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
      client.on('error', () => {});
      onTestFinished(() => client.disconnect());
      return client;
    },
    kill,
    start,
  };
}
