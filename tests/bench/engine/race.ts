/** Benchmarks contestants in turns, so that whatever slows the machine for a while slows all of them. */
import type { Contestant, Time, Trainer } from './contestant.ts';
import { scaled } from './contestant.ts';
import { medianTime } from './median.ts';
import type { Workload } from './workloads.ts';

const ROUNDS = 7;
/** CPU time that a turn should take. */
const TURN_SECONDS = 0.1;

export interface Result {
  readonly contestant: Contestant;
  /** Time per step, the median over the rounds. */
  readonly time: Time;
}

/** The number of steps that fill a turn, found by running more and more, which also warms up. */
async function stepsFor(trainer: Trainer): Promise<number> {
  let steps = 1;
  for (;;) {
    const { processor: taken } = await trainer.run(steps);
    if (taken > TURN_SECONDS / 2 || steps >= 1e6) return Math.max(1, Math.round((steps * TURN_SECONDS) / taken));
    steps *= taken < TURN_SECONDS / 20 ? 8 : 2;
  }
}

/** The time per step of each contestant; `between` runs before each round. Throws if their J at the start differ. */
export async function benchmarkInTurns(
  workload: Workload,
  contestants: readonly Contestant[],
  between: () => void,
): Promise<Result[]> {
  const runners = [];
  for (const contestant of contestants) {
    const trainer = await contestant.prepare(workload);
    const expected = runners[0]?.trainer.cost;
    if (expected !== undefined && trainer.cost !== undefined && Math.abs(trainer.cost / expected - 1) > 1e-3)
      throw new Error(`${contestant.name} starts ${workload.name} at J = ${trainer.cost}, the others at ${expected}`);
    runners.push({ contestant, trainer, steps: await stepsFor(trainer), times: [] as Time[] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    between();
    for (const { trainer, steps, times } of runners) times.push(scaled(await trainer.run(steps), 1 / steps));
  }
  for (const { trainer } of runners) trainer.end();
  return runners.map(({ contestant, times }) => ({ contestant, time: medianTime(times) }));
}
