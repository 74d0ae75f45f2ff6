/** From stored records to what a page reads: rows checked against the schema, and the measures drawn from them. */
import type { RawRecord } from './cache.ts';
import { canonical } from './canonical.ts';
import type { Measure, Point, Scalar } from './define.ts';
import { LabError, messageOf } from './errors.ts';
import type { Plan, Task } from './plan.ts';
import { authorFrames, withFrames } from './stack.ts';

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
  /** The flat table: a row for each point and seed, points in the plan's order, then seeds. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly measures: Readonly<Record<string, Measure>>;
  /** In dev only: these are the last good results, newer ones are being computed. */
  readonly refreshing?: true;
  /** In dev only: the experiment has never run, so there is nothing in it yet. */
  readonly unmeasured?: true;
};

/** A record that does not fit its schema. */
export class RecordMisfit extends LabError {
  readonly seed: number;
  constructor(seed: number, reason: string) {
    super(reason);
    this.name = 'RecordMisfit';
    this.seed = seed;
  }
}

/** Checks a record; a schema that throws, by an author's own check or transform, is a misfit as well. */
function check(schema: Plan['definition']['record'], raw: object, seed: number): ReturnType<typeof schema.safeParse> {
  try {
    return schema.safeParse(raw);
  } catch (error) {
    throw new RecordMisfit(seed, `the schema of the record throws: ${messageOf(error)}`);
  }
}

/** One row for each seed of the task, counted from 0 on any set of seeds. Throws RecordMisfit naming the field. */
export function rowsOf(plan: Plan, task: Task, records: readonly RawRecord[]): Record<string, unknown>[] {
  const { record: schema } = plan.definition;
  return records.map((raw: unknown, i) => {
    const seed = task.seeds[i]!;
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
      const found = Array.isArray(raw) ? 'a list' : JSON.stringify(raw);
      const fields = Object.keys(schema.shape).join(', ');
      throw new RecordMisfit(
        seed,
        `the record is ${found}: expected an object with the fields of the schema (${fields})`,
      );
    }
    const unknown = Object.keys(raw).find((field) => !Object.hasOwn(schema.shape, field));
    if (unknown !== undefined) throw new RecordMisfit(seed, `record field ${unknown} is not in the schema`);
    const parsed = check(schema, raw, seed);
    if (parsed.success) return { ...task.params, seed: seed - plan.set * plan.definition.seeds, ...parsed.data };
    const issue = parsed.error.issues[0]!;
    throw new RecordMisfit(seed, `record field ${issue.path.join('.')} does not fit its schema: ${issue.message}`);
  });
}

/** The first thing in a measure that is no measure, with where it is. */
function flaw(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (Array.isArray(value)) {
    const bad = value.findIndex((item) => typeof item !== 'number' || !Number.isFinite(item));
    return bad === -1 ? undefined : `${path}[${bad}] is ${String(value[bad])}: a list holds finite numbers`;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const found = flaw(inner, `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path} is ${value === null ? 'null' : `a ${typeof value}`}: a measure is a number, an interval, a list of numbers or an object of these`;
}

function measure(plan: Plan, name: string, records: readonly Record<string, unknown>[]): Measure {
  let value: Measure;
  try {
    value = plan.definition.measures[name]!({ records });
  } catch (error) {
    const frames = error instanceof Error ? authorFrames(error.stack ?? '', plan.file, plan.description.map) : [];
    const message = `${plan.file}: measure ${plan.name}.${name} throws: ${messageOf(error)}`;
    throw new LabError(withFrames(message, frames), { cause: error });
  }
  const found = flaw(value, `${plan.name}.${name}`);
  if (found !== undefined) throw new LabError(`${plan.file}: measure ${found}`);
  return value;
}

/** Puts the result together from every task's records, in the order of the plan. Throws LabError at a misfit. */
export function resultOf(plan: Plan, recordsOfTasks: readonly (readonly RawRecord[])[]): ExperimentResult {
  const records = plan.tasks.flatMap((task, i) => {
    try {
      return rowsOf(plan, task, recordsOfTasks[i]!);
    } catch (error) {
      if (!(error instanceof RecordMisfit)) throw error;
      throw new LabError(`${plan.file}: point ${canonical(task.params)}, seed ${error.seed}: ${error.message}`);
    }
  });
  const { question, params, points, seeds, measures } = plan.definition;
  return {
    name: plan.name,
    file: plan.file,
    question,
    params,
    points,
    seeds,
    tasks: plan.tasks.map(({ key, params: point, seeds: some }) => ({ key, params: point, seeds: some })),
    key: plan.key,
    records,
    measures: Object.fromEntries(Object.keys(measures).map((name) => [name, measure(plan, name, records)])),
  };
}
