/**
 * `npm run stress`: does a claim hold for other seeds too? Each experiment runs on twenty further sets of seeds, as many
 * in each as its own, and every assertion of the last build is tested on each set. What came out is kept in
 * `experiments/stress.json`, which is committed; builds read it and run nothing.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Bounds, checkClaim, type Kind, kinds } from '../components/claim-check.ts';
import { canonical } from '../lab/canonical.ts';
import { LabError, messageOf } from '../lab/errors.ts';
import type { Results } from '../lab/measures.ts';
import { onSeedSet, type Plan } from '../lab/plan.ts';
import type { Claim } from '../lab/published.ts';
import type { ExperimentResult } from '../lab/results.ts';

/** How many fresh sets of seeds each claim is tested on, and on how many of them it must hold. */
export const freshSets = 20;
export const mustHold = 19;

/** One assertion on the fresh sets. */
const stressed = z.object({
  post: z.string(),
  sentence: z.string(),
  of: z.string(),
  kind: z.enum(kinds),
  bound: z.json(),
  /** On how many sets it held, of how many: one set is enough where results do not depend on seeds. */
  held: z.int(),
  sets: z.int(),
  /** The smallest distance from its bound over the sets, in the measure's unit; negative where it failed. */
  margin: z.number(),
});

const report = z.object({
  /** By experiment: the key of the results that it was tried beside, and whether seeds make no difference to them. */
  experiments: z.record(z.string(), z.object({ key: z.string(), deterministic: z.boolean() })),
  claims: z.array(stressed),
});

export type Stressed = Readonly<z.infer<typeof stressed>>;
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

/** What tells one assertion from another, wherever it stands in its post. */
const nameOf = ({ post, of, kind, bound }: Assertion): string => canonical([post, of, kind, bound]);

/** What the report says of an assertion; undefined if it was not tried yet. */
export function stressOf({ claims }: StressReport, assertion: Assertion): Stressed | undefined {
  const name = nameOf(assertion);
  return claims.find((claim) => nameOf(claim) === name);
}

/** Experiments that changed after the report, of those that claims speak of. */
export function outdated({ experiments }: StressReport, results: Results): string[] {
  return results
    .filter(({ name, key }) => name in experiments && experiments[name]!.key !== key)
    .map(({ name }) => name);
}

const withoutSeed = ({ records }: ExperimentResult): string => canonical(records);

/** Tests the assertions about one experiment on its fresh sets. `results` hold all experiments on their own seeds. */
function test(claims: readonly Claim[], results: Results, fresh: readonly ExperimentResult[]): Stressed[] {
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

/** Runs plans and gives their results; throws LabError where a task fails. */
export type Measure = (plans: readonly Plan[]) => Promise<readonly ExperimentResult[]>;

/**
 * Tries every claim on fresh seeds. Where the first fresh set gives the records of the experiment's own seeds, bit for
 * bit, seeds make no difference, and no other set is run.
 */
export async function stress(
  plans: readonly Plan[],
  claims: readonly Claim[],
  measure: Measure,
  sets: number = freshSets,
): Promise<StressReport> {
  const results = await measure(plans);
  const experiments: Record<string, { key: string; deterministic: boolean }> = {};
  const all: Stressed[] = [];
  for (const plan of plans) {
    const own = claims.filter(({ of }) => of.split('.')[0] === plan.name);
    if (own.length === 0) continue;
    const result = results.find(({ name }) => name === plan.name)!;
    const [first] = await measure([onSeedSet(plan, 1)]);
    const deterministic = withoutSeed(first!) === withoutSeed(result);
    const others = Array.from({ length: deterministic ? 0 : sets - 1 }, (_, i) => onSeedSet(plan, i + 2));
    experiments[plan.name] = { key: plan.key, deterministic };
    all.push(...test(own, results, [first!, ...(await measure(others))]));
  }
  return { experiments, claims: all };
}

/** Claims that fail on more sets than they may: 1 of 20, unless they say that they speak of their own runs. */
export function failing({ claims }: StressReport, inTheseRuns: (claim: Stressed) => boolean): Stressed[] {
  return claims.filter((claim) => claim.held < Math.min(claim.sets, mustHold) && !inTheseRuns(claim));
}
