import { expect, test } from 'vitest';
import { onSeedSet, type Plan, planExperiment } from '../../src/lab/plan.ts';
import type { Claim } from '../../src/lab/published.ts';
import { type ExperimentResult, resultOf } from '../../src/lab/results.ts';
import { failing, outdated, stress, stressOf } from '../../src/site/stress.ts';
import { fixture } from '../lab/project.ts';

const experiment = (run: string) => `import { z } from 'zod';
import { defineExperiment } from '../../../../src/lab/define.ts';
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

test('a set of seeds follows the one before it, and has keys of its own', async () => {
  const plan = await planned();
  const fresh = onSeedSet(plan, 2);
  expect(fresh.tasks.flatMap(({ seeds }) => seeds)).toEqual([6, 7, 8]);
  expect(fresh.key).not.toBe(plan.key);
  expect(onSeedSet(fresh, 0)).toEqual(plan);
});

test('measures find the rows of a fresh set under the seeds 0 … n − 1', async () => {
  const [result] = await measureBy((seed) => seed)([onSeedSet(await planned(), 4)]);
  expect(result!.measures).toEqual({ largest: 14, first: 12 });
});

test('a claim is tested on each fresh set, with its margin in the worst', async () => {
  const report = await stress(
    [await planned()],
    [claim('seeds.largest', 'atMost', 50)],
    measureBy((seed) => seed),
  );
  // Set s has the largest seed 3s + 2: at most 50 up to s = 16 of 20.
  expect(report.claims[0]).toMatchObject({ held: 16, sets: 20, margin: 50 - 62 });
  expect(failing(report, () => false)).toHaveLength(1);
  expect(failing(report, () => true)).toHaveLength(0);
});

test('a claim may fail on one set of twenty', async () => {
  const plan = await planned();
  const claims = [claim('seeds.largest', 'atMost', 61)];
  expect(
    failing(
      await stress(
        [plan],
        claims,
        measureBy((seed) => seed),
      ),
      () => false,
    ),
  ).toEqual([]);
  const two = [claim('seeds.largest', 'atMost', 58)];
  expect(
    failing(
      await stress(
        [plan],
        two,
        measureBy((seed) => seed),
      ),
      () => false,
    ),
  ).toHaveLength(1);
});

test('results without chance are tried on one set and called deterministic', async () => {
  const report = await stress(
    [await planned()],
    [claim('seeds.largest', 'equals', 7)],
    measureBy(() => 7),
  );
  expect(report.experiments.seeds!.deterministic).toBe(true);
  expect(report.claims[0]).toMatchObject({ held: 1, sets: 1, margin: 0 });
});

test('a report names what it was tried beside: another key is older, another bound is untried', async () => {
  const plan = await planned();
  const report = await stress(
    [plan],
    [claim('seeds.largest', 'atMost', 99)],
    measureBy((seed) => seed),
  );
  const [result] = await measureBy((seed) => seed)([plan]);
  expect(outdated(report, [result!])).toEqual([]);
  expect(outdated(report, [{ ...result!, key: 'other' }])).toEqual(['seeds']);
  expect(stressOf(report, claim('seeds.largest', 'atMost', 99))).toBeDefined();
  expect(stressOf(report, claim('seeds.largest', 'atMost', 98))).toBeUndefined();
});
