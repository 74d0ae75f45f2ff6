/**
 * Makes drawings reproducible: figures are drawn one after the other, in UTC, with a fixed random seed and without access
 * to the current time.
 */
import type { expressionFunction, randomLCG, setRandom } from 'vega';

let last: Promise<unknown> = Promise.resolve();

/** Whether local time is UTC the whole year. */
const isUtc = (): boolean => [0, 6].every((month) => new Date(2024, month, 1).getTimezoneOffset() === 0);

/** Runs `draw` after all earlier calls, in UTC. The time zone belongs to the process, so it is restored. */
export function oneAtATime<T>(draw: () => Promise<T>): Promise<T> {
  const result = last.then(async () => {
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
  last = result.catch(() => {});
  return result;
}

/** Resets the random numbers of `random()`, `sample` and bootstrapped intervals. */
export const seedRandom = (set: typeof setRandom, generator: typeof randomLCG): void => set(generator(1));

/** Makes expressions that read the current time throw. */
export function forbidNow(install: typeof expressionFunction): void {
  const refuse = (): never => {
    throw new Error('an expression asks for the time, which is another in each build: write the date out');
  };
  install('now', refuse);
  install('datetime', (...parts: number[]) =>
    parts.length === 0 ? refuse() : new Date(...(parts as [number, number])),
  );
}
