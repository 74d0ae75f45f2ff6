/** Turns cached records into an experiment's result: validates rows against the schema and computes the measures. */
import type { Measure, Point, Scalar } from '../authoring/define-experiment.ts';
import { LabError, messageOf } from '../errors.ts';
import type { Plan, Task } from '../plan/plan.ts';
import { authorFrames, withFrames } from '../run/evaluate-bundle.ts';
import type { RawRecord } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';

/** An experiment with its results. Plain JSON values throughout. */
export type ExperimentResult = {
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly question: string;
  /** Values of each parameter. */
  readonly params: Readonly<Record<string, readonly Scalar[]>>;
  readonly points: readonly Point[];
  /** Number of seeds at each point. */
  readonly seeds: number;
  readonly tasks: readonly { readonly key: string; readonly params: Point; readonly seeds: readonly number[] }[];
  /** Hash of all task keys. */
  readonly key: string;
  /** The flat table: a row for each point and seed, in the plan's order of points, then of seeds. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly measures: Readonly<Record<string, Measure>>;
  /** In dev only: these are the last good results, newer ones are being computed. */
  readonly refreshing?: true;
  /** In dev only: the experiment has never run, so there is nothing in it yet. */
  readonly unmeasured?: true;
};

/** A record that does not fit its schema. */
export class RecordError extends LabError {
  readonly seed: number;
  constructor(seed: number, reason: string) {
    super(reason);
    this.name = 'RecordError';
    this.seed = seed;
  }
}

/** Validates a record; a schema may also throw, in an author's own check or transform. */
function parse(schema: Plan['definition']['record'], raw: object, seed: number): ReturnType<typeof schema.safeParse> {
  try {
    return schema.safeParse(raw);
  } catch (error) {
    throw new RecordError(seed, `the schema of the record throws: ${messageOf(error)}`);
  }
}

/** What a zod schema says of the values that are nested in a value. */
type Schema = { readonly _zod: { readonly def: Definition } };
type Definition = {
  readonly type: string;
  readonly catchall?: unknown;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly innerType?: Schema;
};

/** The path of the first field that an object of the schema lacks, and that zod would leave out; undefined if there is none. */
function unknownField(schema: Schema, value: unknown, path: string): string | undefined {
  const { type, catchall, shape, element, valueType, innerType } = schema._zod.def;
  if (innerType) return unknownField(innerType, value, path);
  // A list of numbers may be long.
  const holdsNothing = element && Object.keys(element._zod.def).length === 1;
  if (typeof value !== 'object' || value === null || holdsNothing) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : element ? `${path}[${key}]` : `${path}.${key}`;
    if (type === 'object' && !catchall && !Object.hasOwn(shape!, key)) return at;
    const within = shape?.[key] ?? element ?? valueType;
    const found = within && unknownField(within, inner, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One row for each seed of the task, counted from 0 on any set of seeds. Throws RecordError naming the field. */
export function rowsOf(plan: Plan, task: Task, records: readonly RawRecord[]): Record<string, unknown>[] {
  const { record: schema } = plan.definition;
  return records.map((raw: unknown, i) => {
    const seed = task.seeds[i]!;
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
      const found = Array.isArray(raw) ? 'a list' : JSON.stringify(raw);
      const fields = Object.keys(schema.shape).join(', ');
      throw new RecordError(
        seed,
        `the record is ${found}: expected an object with the fields of the schema (${fields})`,
      );
    }
    const unknown = unknownField(schema as unknown as Schema, raw, '');
    if (unknown !== undefined) throw new RecordError(seed, `record field ${unknown} is not in the schema`);
    const parsed = parse(schema, raw, seed);
    if (parsed.success) return { ...task.params, seed: seed - plan.set * plan.definition.seeds, ...parsed.data };
    const issue = parsed.error.issues[0]!;
    throw new RecordError(seed, `record field ${issue.path.join('.')} does not fit its schema: ${issue.message}`);
  });
}

/** What is wrong with the first part of a measure that is invalid, with its path. */
function findFlaw(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (Array.isArray(value)) {
    const bad = value.findIndex((item) => typeof item !== 'number' || !Number.isFinite(item));
    return bad === -1 ? undefined : `${path}[${bad}] is ${String(value[bad])}: a list holds finite numbers`;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const found = findFlaw(inner, `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path} is ${value === null ? 'null' : `a ${typeof value}`}: a measure is a number, an interval, a list of numbers or an object of these`;
}

/** Computes one measure. Throws LabError if it throws or its value is invalid. */
function measure(plan: Plan, name: string, records: readonly Record<string, unknown>[]): Measure {
  let value: Measure;
  try {
    value = plan.definition.measures[name]!({ records });
  } catch (error) {
    const frames = error instanceof Error ? authorFrames(error.stack ?? '', plan.file, plan.description.map) : [];
    const message = `${plan.file}: measure ${plan.name}.${name} throws: ${messageOf(error)}`;
    throw new LabError(withFrames(message, frames), { cause: error });
  }
  const found = findFlaw(value, `${plan.name}.${name}`);
  if (found !== undefined) throw new LabError(`${plan.file}: measure ${found}`);
  return value;
}

/** The result of a plan, from its tasks' records in order. Throws LabError at an invalid record or measure. */
export function resultOf(plan: Plan, recordsOfTasks: readonly (readonly RawRecord[])[]): ExperimentResult {
  const records = plan.tasks.flatMap((task, i) => {
    try {
      return rowsOf(plan, task, recordsOfTasks[i]!);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      throw new LabError(`${plan.file}: point ${canonicalJson(task.params)}, seed ${error.seed}: ${error.message}`);
    }
  });
  const { name, file, key } = plan;
  const { question, params, points, seeds } = plan.definition;
  const tasks = plan.tasks.map((task) => ({ key: task.key, params: task.params, seeds: task.seeds }));
  const names = Object.keys(plan.definition.measures);
  const measures = Object.fromEntries(names.map((each) => [each, measure(plan, each, records)]));
  return { name, file, question, params, points, seeds, tasks, key, records, measures };
}
