/** Reads and writes the published baseline (measures and claims at the last `--publish`) and the claims of a build. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { z } from 'zod';
import type { Measure } from '../authoring/define-experiment.ts';
import { LabError, messageOf } from '../errors.ts';
import { baselineFile, claimsFile } from '../project.ts';
import { errorReason, writeAtomic } from '../store/cache.ts';
import type { Results } from './find-measure.ts';

const claim = z.object({
  post: z.string(),
  /** File, line and column. */
  at: z.string(),
  /** Path of the measure. */
  of: z.string(),
  kind: z.string(),
  bound: z.json(),
  value: z.json(),
  holds: z.boolean(),
  sentence: z.string(),
  /** Whether it is about these runs only, and need not hold for fresh seeds. */
  inTheseRuns: z.literal(true).optional(),
});

/** A claim of a post, as the site's last build checked it. */
export type Claim = Readonly<z.infer<typeof claim>>;

/** A claim before it is written, when bound and value need not be JSON yet. */
export type CheckedClaim = Omit<Claim, 'bound' | 'value'> & { readonly bound: unknown; readonly value: unknown };

const baseline = z.object({
  measures: z.record(
    z.string(),
    z.record(
      z.string(),
      z.custom<Measure>((value) => value !== undefined && value !== null),
    ),
  ),
  claims: z.array(claim.omit({ at: true })),
  /** The keys of each experiment's tasks, by which a cache or a store still has their results. */
  tasks: z.record(z.string(), z.array(z.string())).optional(),
});

/** Measures and task keys by experiment; claims without their location, which editing a post moves. */
export type Baseline = Readonly<z.infer<typeof baseline>>;

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new LabError(`${file} is not what the lab wrote: ${reason}`);
  }
}

/** The claims of the site's last build; undefined if it was never built. */
export const readClaims = (root: string): Promise<readonly Claim[] | undefined> =>
  read(claimsFile(root), z.array(claim));

/** Writes the claims of this build of the site. Throws LabError if the file cannot be written. */
export async function writeClaims(root: string, claims: readonly CheckedClaim[]): Promise<void> {
  try {
    await writeAtomic(claimsFile(root), `${JSON.stringify(claims, null, 1)}\n`);
  } catch (error) {
    // If the build went on, the claims of an earlier one could be published.
    const place = relative(root, claimsFile(root));
    throw new LabError(
      `${place}: the claims that this build found cannot be written: ${errorReason(error)}; make the file and its folder yours, or remove them`,
      { cause: error },
    );
  }
}

/** The published baseline, if there is one. */
export const readBaseline = (root: string): Promise<Baseline | undefined> => read(baselineFile(root), baseline);

/** Writes these results and claims as the baseline. */
export async function writeBaseline(root: string, results: Results, claims: readonly Claim[]): Promise<void> {
  const published: Baseline = {
    measures: Object.fromEntries(results.map((result) => [result.name, result.measures])),
    claims: claims.map(({ at: _, ...rest }) => rest),
    tasks: Object.fromEntries(results.map(({ name, tasks }) => [name, tasks.map(({ key }) => key)])),
  };
  await writeAtomic(baselineFile(root), `${JSON.stringify(published, null, 2)}\n`);
}
