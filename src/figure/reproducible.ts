/**
 * The same drawing anywhere: figures are drawn one after the other, in UTC, each with the same random numbers, and none
 * may ask what time it is.
 */
import type { expressionFunction, randomLCG, setRandom } from 'vega';

let last: Promise<unknown> = Promise.resolve();

/** Whether local time is UTC the whole year. */
const isUtc = (): boolean => [0, 6].every((month) => new Date(2024, month, 1).getTimezoneOffset() === 0);

/** Draws after whatever is being drawn, in UTC. The zone belongs to the process, so it is given back. */
export function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const turn = last.then(async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'UTC';
    try {
      if (!isUtc()) throw new Error('a thread cannot choose its time zone: start the process with TZ=UTC');
      return await draw();
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
  last = turn.catch(() => {});
  return turn;
}

/** Starts the random numbers of `random()`, `sample` and bootstrapped intervals anew. */
export const seedRandom = (set: typeof setRandom, generator: typeof randomLCG): void => set(generator(1));

/** Forbids expressions to ask for the time. */
export function forbidNow(install: typeof expressionFunction): void {
  const refuse = (): never => {
    throw new Error('an expression asks for the time, which is another in each build: write the date out');
  };
  install('now', refuse);
  install('datetime', (...parts: number[]) =>
    parts.length === 0 ? refuse() : new Date(...(parts as [number, number])),
  );
}
