/** Which workers listen at a Redis server. */
import type { Redis } from 'ioredis';
import { queueName } from './protocol.ts';

/** Numbers of workers by queue: BullMQ calls their connections `bull:` and the queue's name in base64. */
function countWorkers(clientList: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, encoded] of clientList.matchAll(/ name=bull:([\w+/=]+)(?: |:w:)/g)) {
    const name = Buffer.from(encoded!, 'base64').toString();
    if (name.startsWith('measured-')) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Whether a worker listens to the queue; if none does, what to tell the user. Servers that list no clients: as if one did. */
export async function missingWorkers(redis: Redis, shown: string): Promise<string | undefined> {
  let counts: Map<string, number>;
  try {
    counts = countWorkers(String(await redis.client('LIST')));
  } catch {
    return undefined;
  }
  if (counts.has(queueName)) return undefined;
  const others = [...counts].map(
    ([name, n]) => `${n} of ${name.replace(/^measured-/, 'measured ').replace('-v', ', Node v')}`,
  );
  const elsewhere =
    others.length > 0 ? `; those there have other versions, with which results may differ: ${others.join('; ')}` : '';
  const mine = queueName.replace(/^measured-/, 'measured ').replace('-v', ', Node v');
  return `no worker of ${mine} listens at ${shown}${elsewhere}. Start some: measured worker --on … --cache …`;
}
