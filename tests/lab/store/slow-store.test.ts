/** A store that answers, but slowly, is given up: its tasks run here, which is faster. */
import { afterEach, expect, test, vi } from 'vitest';
import { planExperiment } from '../../../src/lab/plan/plan.ts';
import { sharedResults } from '../../../src/lab/run/shared-results.ts';
import { fixture } from '../project.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
  [4000, 64],
  [1000, 200],
])('whose answers take %i ms is asked %i times of 200', async (milliseconds, times) => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  let asked = 0;
  const shared = sharedResults({
    address: 'https://slow.example',
    writable: false,
    get: async () => {
      asked++;
      now += milliseconds;
      return undefined;
    },
    put: async () => {},
  });
  const plan = await planExperiment(fixture('sums').root, 'experiments/sums.ts');
  for (let i = 0; i < 200; i++) expect(await shared.get(plan, plan.tasks[0]!)).toBeUndefined();
  expect(asked).toBe(times);
  const warnings =
    asked < 200 ? ['https://slow.example: 136 results could not be read (its answers take more than 3 s)'] : [];
  expect(await shared.settle()).toEqual(warnings);
});
