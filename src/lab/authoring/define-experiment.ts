/**
 * Defines an experiment: a question, a grid of parameters, the seeds, what one run records, and the measures derived
 * from all records. `defineExperiment` returns it unchanged; its types carry the parameters into `run` and both
 * parameters and record into `measures` and charts.
 */
import type { z } from 'zod';
import type { DataFrom } from '../data-files/read-data-file.ts';
import type { Interval } from './statistics.ts';

/** A parameter's value: what JSON and a table cell can hold. Numbers must be finite. */
export type Scalar = string | number | boolean | null;

/** One point of the grid: a value for every parameter. */
export type Point = Readonly<Record<string, Scalar>>;

/** What a measure may be: a number, an interval, a list of numbers, or named measures (read as `outer.inner`). */
export type Measure = number | Interval | readonly number[] | { readonly [name: string]: Measure };

/** A record's schema: an object, since its fields become columns. */
export type RecordSchema = z.ZodObject;

/** The second argument of `run`. */
export type RunContext<Data> = {
  /** An integer 0 … seeds − 1, the same for every point (common random numbers). All chance comes from it. */
  readonly seed: number;
  /** Reports how much of this seed's work is done, 0 … 1. It cannot influence the result. */
  readonly progress: (fraction: number) => void;
  /** The declared files, read and parsed. */
  readonly data: Data;
};

/** One line of the flat table: a point's parameters, the seed, the record's fields. */
export type Row<P, R extends RecordSchema> = Readonly<P & { seed: number } & z.output<R>>;

/**
 * An experiment as measures, charts and pages see it. Measures are functions of all `records`: a row for each seed at
 * each point.
 */
export type Experiment<P, R extends RecordSchema, M> = {
  /** What the experiment asks, as a sentence for a reader. */
  readonly question: string;
  /** The schema of what one seed at one point yields. */
  readonly record: R;
  readonly measures: { readonly [K in keyof M]: (input: { readonly records: readonly Row<P, R>[] }) => M[K] };
  /** Only in the types: what one point is. */
  readonly point?: P;
};

/** The rows of an experiment: `RecordsOf<typeof experiment>`. */
export type RecordsOf<E> = E extends Experiment<infer P, infer R, infer _M> ? readonly Row<P, R>[] : never;

/** The measures of an experiment: `MeasuresOf<typeof experiment>`. */
export type MeasuresOf<E> = E extends Experiment<infer _P, infer _R, infer M> ? Readonly<M> : never;

type Values = Readonly<Record<string, readonly Scalar[]>>;
type PointOf<V extends Values> = { readonly [K in keyof V]: V[K][number] };
type Files = Readonly<Record<string, string>>;
type DataOf<F extends Files> = { readonly [K in keyof F]: DataFrom<F[K]> };

/**
 * What an experiment declares besides its grid. Measures are functions of all `records`: a row for each seed at each
 * point.
 */
export type ExperimentOptions<P, R extends RecordSchema, F extends Files, M extends Record<string, Measure>> = {
  /** What the experiment asks, as a sentence for a reader. */
  question: string;
  /** How many seeds each point has: 0 … seeds − 1. Omitted: 1. */
  seeds?: number;
  /** Seeds that share a task; omitted: 1. More is right only where one seed takes less than some milliseconds. */
  seedsPerTask?: number;
  /** The schema of what one seed at one point yields. */
  record: R;
  /** Files that the experiment reads, relative to the project; their content is part of the key. */
  data?: F;
  /** Seconds that a task may take. Omitted: 600. */
  timeLimit?: number;
  /** One record for one seed at one point. A function of its arguments alone. */
  run: (point: P, context: RunContext<DataOf<F>>) => z.input<R> | Promise<z.input<R>>;
  /** Derived from all records whenever results are loaded; never stored, so editing one re-runs nothing. */
  measures: { [K in keyof M]: (input: { readonly records: readonly Row<P, R>[] }) => M[K] };
};

/**
 * Declares an experiment. Either `params` (every combination of the values is a point) or `points` (the points
 * themselves); with neither there is a single point without parameters. The top level of the file, and of what it
 * imports, may compute values but have no effects: an unused value is left out of a task and of its key.
 */
export function defineExperiment<
  const V extends Values,
  R extends RecordSchema,
  M extends Record<string, Measure>,
  const F extends Files = Record<never, never>,
>(definition: { params: V } & ExperimentOptions<PointOf<V>, R, F, M>): Experiment<PointOf<V>, R, M>;
export function defineExperiment<
  const P extends Point,
  R extends RecordSchema,
  M extends Record<string, Measure>,
  const F extends Files = Record<never, never>,
>(definition: { points: readonly P[] } & ExperimentOptions<P, R, F, M>): Experiment<P, R, M>;
export function defineExperiment<
  R extends RecordSchema,
  M extends Record<string, Measure>,
  const F extends Files = Record<never, never>,
>(
  definition: { params?: never; points?: never } & ExperimentOptions<Record<never, never>, R, F, M>,
): Experiment<Record<never, never>, R, M>;
export function defineExperiment(definition: unknown): unknown {
  return definition;
}
