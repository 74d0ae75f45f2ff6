/**
 * Checks that every field that a specification names exists in its data or comes from an earlier transform. Vega itself
 * would draw `NaN` or nothing, with a warning at most.
 */
import { parseExpression, read, splitAccessPath } from 'vega';
import { nearestName } from '../../lab/did-you-mean.ts';
import { messageOf } from '../../lab/errors.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { FigureError } from '../errors.ts';
import { isObject, type Json } from './vega-spec.ts';

/** The data of a view: its rows, and its columns with those that transforms add. */
type Scope = {
  /** Undefined if unknown. */
  readonly columns: ReadonlySet<string> | undefined;
  readonly rows: readonly Row[];
  /** The columns of the data itself, and those whose values have a format of their own. */
  readonly given?: ReadonlySet<string>;
  readonly parsed?: Json;
};

const unknownScope: Scope = { columns: undefined, rows: [] };

/** A date whose day and month could be swapped, and one that no parser reads: 03/04/2024, 30.03.2024. */
const swappable = /^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/;
const dateAdvice =
  'write dates as 2024-03-30 or 2024-03-30T12:00Z, or say how they are written, `format: {parse: {column: "date:\'%d/%m/%Y\'"}}` in `data`';

/** The column of a field: `a` for `a.b` and `a[0]`. */
const columnOf = (field: string): string => splitAccessPath(field)[0] ?? '';

const marks =
  'arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail'.split(
    ' ',
  );

class FieldCheck {
  private readonly figure: string;
  private readonly datasets: Json;
  private readonly allowsInvalid: boolean;

  constructor(figure: string, spec: Json, allowsInvalid: boolean) {
    this.figure = figure;
    this.allowsInvalid = allowsInvalid;
    this.datasets = isObject(spec.datasets) ? spec.datasets : {};
  }

  private fail(problem: string, field?: string): never {
    throw new FigureError(this.figure, problem, field);
  }

  checkView(view: Json, outer: Scope): void {
    const mark = isObject(view.mark) ? view.mark.type : view.mark;
    if (mark !== undefined && !marks.includes(String(mark)))
      this.fail(`no mark “${String(mark)}”; there are ${marks.join(', ')}`);
    const scope = this.applyTransforms(view, this.scopeOf(view, outer));
    if (isObject(view.encoding)) this.checkEncoding(view.encoding, scope);
    if (isObject(view.facet)) {
      if ('field' in view.facet) this.checkChannel(view.facet, scope);
      else this.checkEncoding(view.facet, scope);
    }
    for (const name of ['layer', 'hconcat', 'vconcat', 'concat'])
      for (const child of Array.isArray(view[name]) ? view[name] : []) this.checkView(child as Json, scope);
    if (isObject(view.spec)) this.checkView(view.spec, scope);
  }

  private scopeOf(view: Json, outer: Scope): Scope {
    if (!('data' in view)) return outer;
    const { data } = view;
    if (data === null) return unknownScope;
    if (!isObject(data)) return this.fail('its data is not an object');
    if ('url' in data) return this.fail(`reads ${String(data.url)}; a figure carries its data inline`);
    if ('sequence' in data) {
      const as = isObject(data.sequence) && typeof data.sequence.as === 'string' ? data.sequence.as : 'data';
      return { rows: [], columns: new Set([as]) };
    }
    if ('graticule' in data || 'sphere' in data) return unknownScope;
    if (!('values' in data) && typeof data.name === 'string' && !(data.name in this.datasets)) return unknownScope;
    const values = 'values' in data ? data.values : this.datasets[String(data.name)];
    const rows = this.inlineRows(values, isObject(data.format) ? data.format : undefined);
    if (rows.length === 0) return this.fail('its data is empty: no rows');
    const columns = columnsOf(rows);
    const parsed = isObject(data.format) && isObject(data.format.parse) ? data.format.parse : {};
    return { rows, columns, given: columns, parsed };
  }

  /** The rows of inline data: a list, or text or an object with a `format`. */
  private inlineRows(values: unknown, format: Json | undefined): readonly Row[] {
    let list = values;
    if (!Array.isArray(values)) {
      if (typeof values === 'string' && format?.type === undefined)
        this.fail("its data is text: say in which format, `format: {type: 'csv'}`");
      try {
        list = read(values as string, { type: 'json', ...format, parse: undefined } as never);
      } catch (error) {
        this.fail(`its data cannot be read: ${messageOf(error)}`);
      }
      if (!Array.isArray(list)) list = [list];
    }
    return (list as unknown[]).map((value) => (isObject(value) ? value : { data: value }));
  }

  private applyTransforms(view: Json, scope: Scope): Scope {
    if (!Array.isArray(view.transform) || scope.columns === undefined) return scope;
    let current = scope;
    for (const transform of view.transform as Json[]) {
      this.checkTransform(transform, current);
      const added = addedColumns(transform, current.rows);
      const given = new Set([...(current.given ?? [])].filter((name) => !added?.includes(name)));
      current =
        added === undefined
          ? unknownScope
          : { ...current, given, columns: new Set([...(current.columns ?? []), ...added]) };
      if (current.columns === undefined) return current;
    }
    return current;
  }

  /** Checks the fields that a transform reads. */
  private checkTransform(transform: Json, scope: Scope): void {
    for (const key of ['calculate', 'filter'] as const)
      if (typeof transform[key] === 'string') this.checkExpression(transform[key], scope);
    for (const list of [transform.groupby, transform.fold, transform.flatten])
      for (const field of Array.isArray(list) ? list : []) if (typeof field === 'string') this.checkField(field, scope);
    for (const list of ['aggregate', 'joinaggregate', 'window'])
      for (const step of Array.isArray(transform[list]) ? (transform[list] as Json[]) : [])
        if (typeof step.field === 'string' && step.field !== '*') this.checkField(step.field, scope);
    for (const key of 'density regression loess quantile pivot value stack impute key on lookup'.split(' '))
      if (typeof transform[key] === 'string') this.checkField(transform[key], scope);
    if ((transform.bin !== undefined || transform.timeUnit !== undefined) && typeof transform.field === 'string')
      this.checkField(transform.field, scope);
  }

  /** The fields that an expression reads as `datum.name` or `datum['name']`. */
  private checkExpression(text: string, scope: Scope): void {
    try {
      parseExpression(text);
    } catch (error) {
      this.fail(`the expression “${text}” cannot be read: ${messageOf(error)}`);
    }
    for (const match of text.matchAll(/\bdatum(?:\.([A-Za-z_$][\w$]*)|\[\s*(['"])(.*?)\2\s*\])/g))
      this.checkField((match[1] ?? match[3])!, scope);
  }

  private checkEncoding(encoding: Json, scope: Scope): void {
    for (const definition of Object.values(encoding))
      for (const one of Array.isArray(definition) ? definition : [definition])
        if (isObject(one)) this.checkChannel(one, scope);
  }

  private checkChannel(definition: Json, scope: Scope): void {
    if (isObject(definition.sort) && typeof definition.sort.field === 'string')
      this.checkField(definition.sort.field, scope);
    for (const condition of Array.isArray(definition.condition) ? definition.condition : [definition.condition])
      if (isObject(condition)) {
        if (typeof condition.test === 'string') this.checkExpression(condition.test, scope);
        this.checkChannel(condition, scope);
      }
    const { field, type } = definition;
    if (typeof field !== 'string') return;
    this.checkField(field, scope);
    this.checkValues(field, type === 'temporal' || definition.timeUnit !== undefined, scope);
  }

  /** Checks values that would be lost or read in another way than their author means. */
  private checkValues(field: string, isTemporal: boolean, { rows, given, parsed }: Scope): void {
    if (!given?.has(field)) return;
    for (const [i, row] of rows.entries()) {
      const value = row[field];
      const where = `row ${i} of ${rows.length}`;
      if (typeof value === 'bigint')
        this.fail(`${where} has ${value}n, a BigInt, which Vega does not draw: write Number(…)`, field);
      if (!this.allowsInvalid && (value === Infinity || value === -Infinity))
        this.fail(`${where} has ${value}, not a finite number: leave such rows out, or write null`, field);
      if (!isTemporal || typeof value !== 'string' || parsed?.[field] !== undefined) continue;
      if (!this.allowsInvalid && Number.isNaN(Date.parse(value)))
        this.fail(`${where} has ${JSON.stringify(value)}, not a date: ${dateAdvice}`, field);
      if (swappable.test(value))
        this.fail(
          `${where} has ${JSON.stringify(value)}, which begins with the day or the month: ${dateAdvice}`,
          field,
        );
    }
  }

  private checkField(field: string, { columns }: Scope): void {
    const name = columnOf(field);
    if (name === '' || columns === undefined || columns.has(name) || columns.has(field)) return;
    const names = [...columns];
    const guess = nearestName(name, names);
    this.fail(
      `is not in the data, which has ${names.join(', ')}${guess === undefined ? '' : `; nearest: ${guess}`}`,
      field,
    );
  }
}

/** The columns of some rows. */
function columnsOf(rows: readonly Row[]): Set<string> {
  const columns = new Set<string>();
  for (const row of rows) for (const name in row) columns.add(name);
  return columns;
}

/** The columns that a transform adds; undefined if they are unknown. */
function addedColumns(transform: Json, rows: readonly Row[]): string[] | undefined {
  const as = [transform.as].flat().filter((name) => typeof name === 'string') as string[];
  const steps = ['aggregate', 'joinaggregate', 'window'].flatMap((key) =>
    Array.isArray(transform[key]) ? (transform[key] as Json[]) : [],
  );
  const added = [
    ...as,
    ...steps.map(({ as: name, op, field }) =>
      typeof name === 'string' ? name : typeof field === 'string' ? `${String(op)}_${field}` : String(op),
    ),
    // Bins and time units add the column of their end.
    ...('bin' in transform || 'timeUnit' in transform ? as.map((name) => `${name}_end`) : []),
  ];
  if ('stack' in transform && as.length === 1) added.push(`${as[0]}_end`);
  if ('fold' in transform) added.push(...['key', 'value'].slice(as.length));
  if ('density' in transform) added.push('value', 'density');
  if ('quantile' in transform) added.push('prob', 'value');
  if ('regression' in transform) added.push('coef', 'rSquared', 'keys');
  for (const key of ['regression', 'loess', 'on']) if (typeof transform[key] === 'string') added.push(transform[key]);
  if ('lookup' in transform) {
    const from = isObject(transform.from) ? transform.from : {};
    if (Array.isArray(from.fields) && as.length === 0) added.push(...from.fields.map(String));
    if ('param' in from) return undefined;
  }
  if ('pivot' in transform) {
    if (!rows.some((row) => String(transform.pivot) in row)) return undefined;
    for (const row of rows) added.push(String(row[String(transform.pivot)]));
  }
  return added;
}

/** Throws a `FigureError` for the first unknown field of a specification; for values that are none unless these are allowed. */
export function checkFields(figure: string, spec: FigureSpec, allowsInvalid = false): void {
  const view = spec as unknown as Json;
  new FieldCheck(figure, view, allowsInvalid).checkView(view, unknownScope);
}
