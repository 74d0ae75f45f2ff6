/**
 * Tests claims on fresh seeds (`npm run stress`). Each experiment runs on twenty further sets of seeds, each as large
 * as its own, and every assertion of the last build is tested on each set. The report, `experiments/stress.json`, is
 * committed; builds only read it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError, messageOf } from '../../lab/errors.ts';
import { type Plan, withSeedSet } from '../../lab/plan/plan.ts';
import type { Claim } from '../../lab/results/baseline.ts';
import type { Results } from '../../lab/results/find-measure.ts';
import type { ExperimentResult } from '../../lab/results/results.ts';
import { canonicalJson } from '../../lab/store/canonical-json.ts';
import { type Bounds, checkClaim, type Kind, kinds } from './check-claim.ts';

/** How many fresh sets of seeds each claim is tested on, and on how many of them it must hold. */
const freshSets = 20;
const requiredSets = 19;

/** The outcome of one assertion on the fresh sets. */
const outcomeSchema = z.object({
  post: z.string(),
  sentence: z.string(),
  of: z.string(),
  kind: z.enum(kinds),
  bound: z.json(),
  /** On how many of `sets` sets it held. There is one set only where results do not depend on seeds. */
  held: z.int(),
  sets: z.int(),
  /** The smallest distance from its bound over the sets, in the measure's unit; negative where it failed. */
  margin: z.number(),
});

const report = z.object({
  /** By experiment: the key of the results on its own seeds, and whether results are the same for all seeds. */
  experiments: z.record(z.string(), z.object({ key: z.string(), deterministic: z.boolean() })),
  claims: z.array(outcomeSchema),
});

export type StressResult = Readonly<z.infer<typeof outcomeSchema>>;
export type StressReport = Readonly<z.infer<typeof report>>;

export const stressFile = (root: string): string => join(root, 'experiments', 'stress.json');

/** The committed report; undefined if there is none. Throws LabError if it is not what the command wrote. */
export async function readStress(root: string): Promise<StressReport | undefined> {
  const file = stressFile(root);
  try {
    return report.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LabError(`${file} is not what \`npm run stress\` wrote: ${messageOf(error)}`, { cause: error });
  }
}

type Assertion = Pick<Claim, 'post' | 'of' | 'kind'> & { readonly bound: unknown };

/** Identifies an assertion, wherever it stands in its post. */
const identityOf = ({ post, of, kind, bound }: Assertion): string => canonicalJson([post, of, kind, bound]);

/** The report's entry for an assertion; undefined if it was not tested yet. */
export function stressOf({ claims }: StressReport, assertion: Assertion): StressResult | undefined {
  const name = identityOf(assertion);
  return claims.find((claim) => identityOf(claim) === name);
}

/** The experiments of the report whose results have changed since. */
export function outdatedExperiments({ experiments }: StressReport, results: Results): string[] {
  return results
    .filter(({ name, key }) => name in experiments && experiments[name]!.key !== key)
    .map(({ name }) => name);
}

/** Tests the assertions about one experiment on its fresh sets. `results` holds all experiments on their own seeds. */
function testOnFreshSets(
  claims: readonly Claim[],
  results: Results,
  fresh: readonly ExperimentResult[],
): StressResult[] {
  return claims.map(({ post, sentence, of, kind, bound }) => {
    const checks = fresh.map((result) => {
      const others = results.map((other) => (other.name === result.name ? result : other));
      try {
        return checkClaim(others, of, { [kind]: bound } as Bounds)[0]!;
      } catch (error) {
        if (!(error instanceof LabError || error instanceof RangeError)) throw error;
        return { holds: false, margin: 0 };
      }
    });
    return {
      post,
      sentence,
      of,
      kind: kind as Kind,
      bound,
      held: checks.filter(({ holds }) => holds).length,
      sets: checks.length,
      margin: Number(Math.min(...checks.map(({ margin }) => margin)).toPrecision(3)),
    };
  });
}

/** Runs plans and returns their results; throws LabError where a task fails. */
export type RunPlans = (plans: readonly Plan[]) => Promise<readonly ExperimentResult[]>;

/**
 * Tests every claim on fresh seeds. Where the first fresh set yields the same records as the experiment's own seeds,
 * bit for bit, results do not depend on seeds, and no other set is run.
 */
export async function stressClaims(
  plans: readonly Plan[],
  claims: readonly Claim[],
  measure: RunPlans,
  sets: number = freshSets,
): Promise<StressReport> {
  const results = await measure(plans);
  const experiments: Record<string, { key: string; deterministic: boolean }> = {};
  const all: StressResult[] = [];
  for (const plan of plans) {
    const own = claims.filter(({ of }) => of.split('.')[0] === plan.name);
    if (own.length === 0) continue;
    const result = results.find(({ name }) => name === plan.name)!;
    const [first] = await measure([withSeedSet(plan, 1)]);
    const deterministic = canonicalJson(first!.records) === canonicalJson(result.records);
    const others = Array.from({ length: deterministic ? 0 : sets - 1 }, (_, i) => withSeedSet(plan, i + 2));
    experiments[plan.name] = { key: plan.key, deterministic };
    all.push(...testOnFreshSets(own, results, [first!, ...(await measure(others))]));
  }
  return { experiments, claims: all };
}

/** Claims that fail on more sets than allowed (1 of 20), except those that are about their own runs only. */
export function failingClaims({ claims }: StressReport, inTheseRuns: (claim: StressResult) => boolean): StressResult[] {
  return claims.filter((claim) => claim.held < Math.min(claim.sets, requiredSets) && !inTheseRuns(claim));
}
