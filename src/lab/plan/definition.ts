/** Loads and validates all of an experiment's definition except `run`: grid, seeds, record schema, measures. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as zod from 'zod';
import type { Measure, Point, RecordSchema, Scalar } from '../authoring/define-experiment.ts';
import { type Bundle, bundle, installAdvice } from '../bundle/bundle.ts';
import { nearestName } from '../did-you-mean.ts';
import { LabError, messageOf } from '../errors.ts';
import { authorFrames, evaluateBundle, withFrames } from '../run/evaluate-bundle.ts';
import { canonicalJson } from '../store/canonical-json.ts';

type Derive = (input: { records: readonly Record<string, unknown>[] }) => Measure;

/** A definition without `run`: how to plan tasks, how to read records, what to derive from them. */
export type Definition = {
  readonly question: string;
  /** The grid as written; with `points`, the values that each parameter takes, in order of appearance. */
  readonly params: Readonly<Record<string, readonly Scalar[]>>;
  readonly points: readonly Point[];
  readonly seeds: number;
  readonly seedsPerTask: number;
  readonly record: RecordSchema;
  readonly data: Readonly<Record<string, string>>;
  /** Seconds a task may take. */
  readonly timeLimit: number;
  readonly measures: Readonly<Record<string, Derive>>;
};

const { z } = zod;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const name = z.string().regex(/^[A-Za-z_]\w*$/, 'a name has letters, digits and _ and starts with a letter');
const shape = {
  question: z.string().min(1),
  params: z.record(name, z.array(scalar).nonempty()).optional(),
  points: z.array(z.record(name, scalar)).nonempty().optional(),
  seeds: z.int().positive().default(1),
  seedsPerTask: z.int().positive().default(1),
  record: z.custom<RecordSchema>((value) => value instanceof Object && '_zod' in value && 'shape' in value, {
    error: 'expected a zod object: z.object({ … })',
  }),
  data: z.record(name, z.string()).default({}),
  timeLimit: z.number().positive().default(600),
  measures: z.record(
    name,
    z.custom<Derive>((value) => typeof value === 'function', { error: 'expected a function' }),
  ),
};
/** A plan holds each run. */
const mostRuns = 1_000_000;
const properties = [...Object.keys(shape), 'run'];

const schema = z
  .strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const key = String((issue.keys as string[])[0]);
      const close = nearestName(key, properties);
      return `unknown property ${key}${close === undefined ? '' : `, did you mean ${close}?`}`;
    },
  })
  .refine(({ params, points }) => params === undefined || points === undefined, {
    error: 'give either params (every combination) or points (a list), not both',
  });

/** Every combination of the values, the last parameter varying fastest. */
function grid(params: Readonly<Record<string, readonly Scalar[]>>): Point[] {
  let points: Point[] = [{}];
  for (const [key, values] of Object.entries(params)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [key]: value })));
  }
  return points;
}

/** The values of each parameter over a list of points, each once, in order of appearance. */
function valuesOf(points: readonly Point[]): Record<string, Scalar[]> {
  const names = [...new Set(points.flatMap((point) => Object.keys(point)))];
  return Object.fromEntries(names.map((key) => [key, [...new Set(points.map((point) => point[key] ?? null))]]));
}

function checkNames(file: string, definition: Pick<Definition, 'points' | 'record'>): void {
  const [first] = definition.points;
  const names = Object.keys(first ?? {}).sort();
  for (const point of definition.points) {
    if (canonicalJson(Object.keys(point).sort()) === canonicalJson(names)) continue;
    throw new LabError(
      `${file}: point ${canonicalJson(point)} has other parameters than the first (${names.join(', ')})`,
    );
  }
  const seen = new Set<string>();
  for (const point of definition.points) {
    const text = canonicalJson(point);
    if (seen.has(text)) throw new LabError(`${file}: point ${text} appears twice`);
    seen.add(text);
  }
  if (names.includes('seed'))
    throw new LabError(`${file}: parameter seed would be hidden by the seed of each run; give it another name`);
  for (const field of Object.keys(definition.record.shape)) {
    if (field === 'seed' || names.includes(field)) {
      throw new LabError(
        `${file}: record field ${field} would hide the ${field === 'seed' ? 'seed' : 'parameter of that name'}`,
      );
    }
  }
}

function parse(file: string, value: unknown): Definition {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
    );
    throw new LabError(`${file}: this is not an experiment\n${lines.join('\n')}`);
  }
  const { params, points: listed, ...rest } = parsed.data;
  const size = listed?.length ?? Object.values(params ?? {}).reduce((product, { length }) => product * length, 1);
  if (size * rest.seeds > mostRuns)
    throw new LabError(
      `${file}: ${size * rest.seeds} runs, ${size} points by ${rest.seeds} seeds; at most ${mostRuns}: let a run do more`,
    );
  const points = listed ?? grid(params ?? {});
  const definition = { ...rest, points, params: params ?? valuesOf(points) };
  checkNames(file, definition);
  return definition;
}

/** A definition with the bundle that it came from, whose source map locates its errors. */
type LoadedDefinition = { readonly definition: Definition; readonly bundle: Bundle };

/** Loads the definition in `file` as it is on disk now. Throws LabError for an author's mistake. */
export async function loadDefinition(root: string, file: string): Promise<LoadedDefinition> {
  const description = await bundle(root, file, 'description');
  let value: unknown;
  try {
    const load = createRequire(join(root, 'package.json'));
    // Share the lab's zod: a second copy would take longer to load than all the rest.
    value = evaluateBundle(description.code, file, (name) => (name === 'zod' ? zod : load(name)));
  } catch (error) {
    const frames = error instanceof Error ? authorFrames(error.stack ?? '', file, description.map) : [];
    const [, missing] = /^Cannot find module '([^'./][^']*)'/.exec(messageOf(error)) ?? [];
    const reason =
      missing === undefined
        ? `throws when it is read: ${messageOf(error)}`
        : `does not bundle: Could not resolve "${missing}"${installAdvice(missing)}`;
    throw new LabError(withFrames(`${file} ${reason}`, frames), { cause: error });
  }
  return { definition: parse(file, value), bundle: description };
}
