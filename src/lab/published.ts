/** The published baseline: measures and claims as they stood when results were last published. Committed. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { z } from 'zod';
import { reasonOf, writeWhole } from './cache.ts';
import type { Measure } from './define.ts';
import { LabError, messageOf } from './errors.ts';
import type { Results } from './measures.ts';
import { claimsFile, publishedFile } from './project.ts';

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
  /** Whether it speaks of its own runs only, and need not hold for fresh seeds. */
  inTheseRuns: z.literal(true).optional(),
});

/** A sentence of a post, with what the site's last build found of it. */
export type Claim = Readonly<z.infer<typeof claim>>;

/** A claim as the site found it: bound and value are JSON once they are written. */
export type Found = Omit<Claim, 'bound' | 'value'> & { readonly bound: unknown; readonly value: unknown };

const baseline = z.object({
  measures: z.record(
    z.string(),
    z.record(
      z.string(),
      z.custom<Measure>((value) => value !== undefined && value !== null),
    ),
  ),
  claims: z.array(claim.omit({ at: true })),
});

/** Measures by experiment; claims without their place, which editing a post moves. */
export type Published = Readonly<z.infer<typeof baseline>>;

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new LabError(`${file} is not what the lab wrote: ${reason}`);
  }
}

/** Claims as the site's last build found them; undefined if it was never built. */
export const readClaims = (root: string): Promise<readonly Claim[] | undefined> =>
  read(claimsFile(root), z.array(claim));

/** Notes the claims as this build of the site found them. Throws LabError where that cannot be written. */
export async function writeClaims(root: string, claims: readonly Found[]): Promise<void> {
  try {
    await writeWhole(claimsFile(root), `${JSON.stringify(claims, null, 1)}\n`);
  } catch (error) {
    // A build that went on would leave claims of an earlier one to be published.
    const place = relative(root, claimsFile(root));
    throw new LabError(
      `${place}: the claims that this build found cannot be written: ${reasonOf(error)}; make the file and its folder yours, or remove them`,
      { cause: error },
    );
  }
}

/** The published baseline, if there is one. */
export const readPublished = (root: string): Promise<Published | undefined> => read(publishedFile(root), baseline);

/** Makes these results and claims the baseline. */
export async function writePublished(root: string, results: Results, claims: readonly Claim[]): Promise<void> {
  const published: Published = {
    measures: Object.fromEntries(results.map((result) => [result.name, result.measures])),
    claims: claims.map(({ at: _, ...rest }) => rest),
  };
  await writeWhole(publishedFile(root), `${JSON.stringify(published, null, 2)}\n`);
}
