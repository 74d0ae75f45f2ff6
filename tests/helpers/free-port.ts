import { once } from 'node:events';
import { createServer } from 'node:net';

let next = 20_000 + (process.pid % 10_000);

/**
 * A port that nothing listens to now, another one at each call. It is below those that systems give to whoever asks for
 * any, so that no connection of another test takes it before a server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next++;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}
