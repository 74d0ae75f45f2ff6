/**
 * Every field that a specification names must exist in its data or be made by a transform before it. Vega itself would
 * draw `NaN` or leave the place empty, with no more than a warning.
 */
import { read, splitAccessPath } from 'vega';
import { nearest } from '../lab/nearest.ts';
import type { FigureSpec } from './define.ts';
import { FigureError } from './errors.ts';
import type { Row } from './rows.ts';

type Json = Readonly<Record<string, unknown>>;

/** The data that a view sees: its rows, and the columns that transforms add. */
type Scope = {
  /** Undefined where the columns are not known. */
  readonly columns: ReadonlySet<string> | undefined;
  readonly rows: readonly Row[];
};

const unknown: Scope = { columns: undefined, rows: [] };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `a.b`, `a[0]` and `['a b']` all look into column `a` or `a b`. */
const column = (field: string): string => splitAccessPath(field)[0] ?? '';

const marks =
  'arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail'.split(
    ' ',
  );

class FieldCheck {
  private readonly figure: string;
  private readonly datasets: Json;

  constructor(figure: string, spec: Json) {
    this.figure = figure;
    this.datasets = isObject(spec.datasets) ? spec.datasets : {};
  }

  private fail(problem: string, field?: string): never {
    throw new FigureError(this.figure, problem, field);
  }

  view(view: Json, outer: Scope): void {
    const mark = isObject(view.mark) ? view.mark.type : view.mark;
    if (mark !== undefined && !marks.includes(String(mark)))
      this.fail(`no mark “${String(mark)}”; there are ${marks.join(', ')}`);
    const scope = this.transforms(view, this.data(view, outer));
    if (isObject(view.encoding)) this.encoding(view.encoding, scope);
    if (isObject(view.facet)) {
      if ('field' in view.facet) this.channel('facet', view.facet, scope);
      else this.encoding(view.facet, scope);
    }
    for (const name of ['layer', 'hconcat', 'vconcat', 'concat'])
      for (const child of Array.isArray(view[name]) ? view[name] : []) this.view(child as Json, scope);
    if (isObject(view.spec)) this.view(view.spec, scope);
  }

  private data(view: Json, outer: Scope): Scope {
    if (!('data' in view)) return outer;
    const { data } = view;
    if (data === null) return unknown;
    if (!isObject(data)) return this.fail('its data is not an object');
    if ('url' in data) return this.fail(`reads ${String(data.url)}; a figure carries its data inline`);
    if ('sequence' in data) {
      const as = isObject(data.sequence) && typeof data.sequence.as === 'string' ? data.sequence.as : 'data';
      return { rows: [], columns: new Set([as]) };
    }
    if ('graticule' in data || 'sphere' in data) return unknown;
    if (!('values' in data) && typeof data.name === 'string' && !(data.name in this.datasets)) return unknown;
    const values = 'values' in data ? data.values : this.datasets[String(data.name)];
    const rows = this.rows(values, isObject(data.format) ? data.format : undefined);
    if (rows.length === 0) return this.fail('its data is empty: no rows');
    return { rows, columns: columnsOf(rows) };
  }

  /** The rows of inline data: a list, or text and objects in a format that says how to read them. */
  private rows(values: unknown, format: Json | undefined): readonly Row[] {
    let list = values;
    if (!Array.isArray(values)) {
      if (typeof values === 'string' && format?.type === undefined)
        this.fail("its data is text: say in which format, `format: {type: 'csv'}`");
      try {
        list = read(values as string, { type: 'json', ...format, parse: undefined } as never);
      } catch (error) {
        this.fail(`its data cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
      if (!Array.isArray(list)) list = [list];
    }
    return (list as unknown[]).map((value) => (isObject(value) ? value : { data: value }));
  }

  private transforms(view: Json, scope: Scope): Scope {
    if (!Array.isArray(view.transform) || scope.columns === undefined) return scope;
    let now = scope;
    for (const transform of view.transform as Json[]) {
      this.reads(transform, now);
      const added = addedBy(transform, now.rows);
      now = added === undefined ? unknown : { ...now, columns: new Set([...(now.columns ?? []), ...added]) };
      if (now.columns === undefined) return now;
    }
    return now;
  }

  /** Checks the fields that a transform reads. */
  private reads(transform: Json, scope: Scope): void {
    for (const key of ['calculate', 'filter'] as const)
      if (typeof transform[key] === 'string') this.expression(transform[key], scope);
    for (const list of [transform.groupby, transform.fold, transform.flatten])
      for (const field of Array.isArray(list) ? list : []) if (typeof field === 'string') this.known(field, scope);
    for (const list of ['aggregate', 'joinaggregate', 'window'])
      for (const step of Array.isArray(transform[list]) ? (transform[list] as Json[]) : [])
        if (typeof step.field === 'string' && step.field !== '*') this.known(step.field, scope);
    for (const key of [
      'density',
      'regression',
      'loess',
      'quantile',
      'pivot',
      'value',
      'stack',
      'impute',
      'key',
      'on',
      'lookup',
    ])
      if (typeof transform[key] === 'string') this.known(transform[key], scope);
    if ((transform.bin !== undefined || transform.timeUnit !== undefined) && typeof transform.field === 'string')
      this.known(transform.field, scope);
  }

  /** The fields that an expression reads as `datum.name` or `datum['name']`. */
  private expression(text: string, scope: Scope): void {
    for (const match of text.matchAll(/\bdatum(?:\.([A-Za-z_$][\w$]*)|\[\s*(['"])(.*?)\2\s*\])/g))
      this.known((match[1] ?? match[3])!, scope);
  }

  private encoding(encoding: Json, scope: Scope): void {
    for (const [name, definition] of Object.entries(encoding))
      for (const one of Array.isArray(definition) ? definition : [definition])
        if (isObject(one)) this.channel(name, one, scope, encoding);
  }

  private channel(name: string, definition: Json, scope: Scope, encoding: Json = {}): void {
    if (isObject(definition.sort) && typeof definition.sort.field === 'string')
      this.known(definition.sort.field, scope);
    for (const condition of Array.isArray(definition.condition) ? definition.condition : [definition.condition])
      if (isObject(condition)) {
        if (typeof condition.test === 'string') this.expression(condition.test, scope);
        this.channel(name, condition, scope, encoding);
      }
    if (typeof definition.field === 'string') this.known(definition.field, scope);
  }

  private known(field: string, { columns }: Scope): void {
    const name = column(field);
    if (name === '' || columns === undefined || columns.has(name) || columns.has(field)) return;
    const names = [...columns];
    const guess = nearest(name, names);
    this.fail(
      `is not in the data, which has ${names.join(', ')}${guess === undefined ? '' : `; nearest: ${guess}`}`,
      field,
    );
  }
}

/** The columns of some rows; read once, since charts name many fields of many rows. */
function columnsOf(rows: readonly Row[]): Set<string> {
  const columns = new Set<string>();
  for (const row of rows) for (const name in row) columns.add(name);
  return columns;
}

/** The columns that a transform makes; undefined if that cannot be told. */
function addedBy(transform: Json, rows: readonly Row[]): string[] | undefined {
  const as = [transform.as].flat().filter((name) => typeof name === 'string') as string[];
  const steps = ['aggregate', 'joinaggregate', 'window'].flatMap((key) =>
    Array.isArray(transform[key]) ? (transform[key] as Json[]) : [],
  );
  const made = [
    ...as,
    ...steps.map(({ as: name, op, field }) =>
      typeof name === 'string' ? name : typeof field === 'string' ? `${String(op)}_${field}` : String(op),
    ),
    // What ends with `_end` comes with the bin or time unit that it ends.
    ...('bin' in transform || 'timeUnit' in transform ? as.map((name) => `${name}_end`) : []),
  ];
  if ('stack' in transform && as.length === 1) made.push(`${as[0]}_end`);
  if ('fold' in transform) made.push(...['key', 'value'].slice(as.length));
  if ('density' in transform) made.push('value', 'density');
  if ('quantile' in transform) made.push('prob', 'value');
  if ('regression' in transform) made.push('coef', 'rSquared', 'keys');
  for (const key of ['regression', 'loess', 'on']) if (typeof transform[key] === 'string') made.push(transform[key]);
  if ('lookup' in transform) {
    const from = isObject(transform.from) ? transform.from : {};
    if (Array.isArray(from.fields) && as.length === 0) made.push(...from.fields.map(String));
    if (isObject(from) && 'param' in from) return undefined;
  }
  if ('pivot' in transform) {
    if (!rows.some((row) => String(transform.pivot) in row)) return undefined;
    for (const row of rows) made.push(String(row[String(transform.pivot)]));
  }
  return made;
}

/** Checks all fields of a specification; throws a `FigureError` at the first that is wrong. */
export function checkFields(figure: string, spec: FigureSpec): void {
  const view = spec as unknown as Json;
  new FieldCheck(figure, view).view(view, unknown);
}
