/** Stress test of claims: each is evaluated again on fresh sets of seeds, and may fail on at most one set of twenty. */
import { expect, test } from 'vitest';
import { type Plan, planExperiment, withSeedSet } from '../../src/lab/plan/plan.ts';
import type { Claim } from '../../src/lab/results/baseline.ts';
import { type ExperimentResult, resultOf } from '../../src/lab/results/results.ts';
import { failingClaims, outdatedExperiments, stressClaims, stressOf } from '../../src/site/claims/stress.ts';
import { fixture } from '../lab/project.ts';

const experiment = (run: string) => `import { z } from 'zod';
import { defineExperiment } from '../../../../src/lab/index.ts';
export default defineExperiment({
  question: 'What does a seed do?',
  seeds: 3,
  record: z.object({ x: z.number() }),
  run: (_, { seed }) => ({ x: ${run} }),
  measures: { largest: ({ records }) => Math.max(...records.map((r) => r.x)), first: ({ records }) => records.find((r) => r.seed === 0)!.x },
});
`;

/** The results of plans whose record is a function of the seed. */
const measureBy =
  (x: (seed: number) => number) =>
  async (plans: readonly Plan[]): Promise<ExperimentResult[]> =>
    plans.map((plan) =>
      resultOf(
        plan,
        plan.tasks.map((task) => task.seeds.map((seed) => ({ x: x(seed) }))),
      ),
    );

const claim = (of: string, kind: string, bound: number): Claim => ({
  post: 'p',
  at: 'posts/p.mdx:1:1',
  of,
  kind,
  bound,
  value: 0,
  holds: true,
  sentence: 's',
});

async function planned(): Promise<Plan> {
  const project = fixture();
  project.write('experiments/seeds.ts', experiment('seed'));
  return planExperiment(project.root, 'experiments/seeds.ts');
}

test('a set of seeds follows the previous one and has its own keys', async () => {
  const plan = await planned();
  const fresh = withSeedSet(plan, 2);
  expect(fresh.tasks.flatMap(({ seeds }) => seeds)).toEqual([6, 7, 8]);
  expect(fresh.key).not.toBe(plan.key);
  expect(withSeedSet(fresh, 0)).toEqual(plan);
});

test('measures find the rows of a fresh set under the seeds 0 … n − 1', async () => {
  const [result] = await measureBy((seed) => seed)([withSeedSet(await planned(), 4)]);
  expect(result!.measures).toEqual({ largest: 14, first: 12 });
});

test('a claim is tested on each fresh set, with its margin in the worst', async () => {
  const report = await stressClaims(
    [await planned()],
    [claim('seeds.largest', 'atMost', 50)],
    measureBy((seed) => seed),
  );
  // Set s has the largest seed 3s + 2: at most 50 up to s = 16 of 20.
  expect(report.claims[0]).toMatchObject({ held: 16, sets: 20, margin: 50 - 62 });
  expect(failingClaims(report, () => false)).toHaveLength(1);
  expect(failingClaims(report, () => true)).toHaveLength(0);
});

test('a claim may fail on one set of twenty', async () => {
  const plan = await planned();
  const claims = [claim('seeds.largest', 'atMost', 61)];
  expect(
    failingClaims(
      await stressClaims(
        [plan],
        claims,
        measureBy((seed) => seed),
      ),
      () => false,
    ),
  ).toEqual([]);
  const two = [claim('seeds.largest', 'atMost', 58)];
  expect(
    failingClaims(
      await stressClaims(
        [plan],
        two,
        measureBy((seed) => seed),
      ),
      () => false,
    ),
  ).toHaveLength(1);
});

test('results without randomness are tested on one set and reported as deterministic', async () => {
  const report = await stressClaims(
    [await planned()],
    [claim('seeds.largest', 'equals', 7)],
    measureBy(() => 7),
  );
  expect(report.experiments.seeds!.deterministic).toBe(true);
  expect(report.claims[0]).toMatchObject({ held: 1, sets: 1, margin: 0 });
});

test('a report is outdated for another key, and has no entry for another bound', async () => {
  const plan = await planned();
  const report = await stressClaims(
    [plan],
    [claim('seeds.largest', 'atMost', 99)],
    measureBy((seed) => seed),
  );
  const [result] = await measureBy((seed) => seed)([plan]);
  expect(outdatedExperiments(report, [result!])).toEqual([]);
  expect(outdatedExperiments(report, [{ ...result!, key: 'other' }])).toEqual(['seeds']);
  expect(stressOf(report, claim('seeds.largest', 'atMost', 99))).toBeDefined();
  expect(stressOf(report, claim('seeds.largest', 'atMost', 98))).toBeUndefined();
});
