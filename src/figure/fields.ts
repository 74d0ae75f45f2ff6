/**
 * Every field that a specification names must exist in its data, in every row, with a value that can be drawn. Vega
 * itself would draw `NaN`, drop the row or leave the place empty, with no more than a warning.
 */
import { nearest } from '../lab/nearest.ts';
import type { FigureSpec } from './define.ts';
import { FigureError } from './errors.ts';
import type { Row } from './rows.ts';

type Json = Readonly<Record<string, unknown>>;

/** The data that a view sees: its rows, and the columns that transforms add. */
type Scope = {
  readonly rows: readonly Row[] | undefined;
  readonly added: ReadonlySet<string>;
  /** Whether transforms may have removed or replaced rows, so that single rows cannot be judged. */
  readonly transformed: boolean;
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `a.b`, `a[0]` and `['a b']` all look into column `a` or `a b`. */
const column = (field: string): string => field.replaceAll('\\.', '\0').split(/[.[]/)[0]!.replaceAll('\0', '.');

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
    if (data === null) return { rows: undefined, added: new Set(), transformed: true };
    if (!isObject(data)) return this.fail('its data is not an object');
    if ('url' in data) return this.fail(`reads ${String(data.url)}; a figure carries its data inline`);
    if ('sequence' in data || 'graticule' in data || 'sphere' in data) {
      const as = isObject(data.sequence) && typeof data.sequence.as === 'string' ? data.sequence.as : 'data';
      return { rows: undefined, added: new Set([as]), transformed: true };
    }
    const values = 'values' in data ? data.values : this.datasets[String(data.name)];
    if (!Array.isArray(values)) return this.fail('its data has no list of values');
    if (values.length === 0) return this.fail('its data is empty: no rows');
    const rows = values.map((value) => (isObject(value) ? value : { data: value }));
    return { rows, added: new Set(), transformed: false };
  }

  private transforms(view: Json, scope: Scope): Scope {
    if (!Array.isArray(view.transform)) return scope;
    const added = new Set(scope.added);
    for (const transform of view.transform as Json[]) {
      const within = { ...scope, added };
      for (const key of ['calculate', 'filter'] as const)
        if (typeof transform[key] === 'string') this.expression(transform[key], within);
      for (const list of [transform.groupby, transform.fold, transform.flatten])
        for (const field of Array.isArray(list) ? list : []) if (typeof field === 'string') this.known(field, within);
      for (const list of ['aggregate', 'joinaggregate', 'window'])
        for (const step of Array.isArray(transform[list]) ? (transform[list] as Json[]) : []) {
          if (typeof step.field === 'string') this.known(step.field, within);
          if (typeof step.as === 'string') added.add(step.as);
        }
      for (const key of ['density', 'regression', 'loess', 'quantile', 'pivot', 'value', 'stack', 'impute', 'key'])
        if (typeof transform[key] === 'string') this.known(transform[key], within);
      const as = typeof transform.as === 'string' ? [transform.as] : Array.isArray(transform.as) ? transform.as : [];
      for (const name of as) added.add(String(name));
      if ('fold' in transform && as.length === 0) for (const name of ['key', 'value']) added.add(name);
      if ('density' in transform && as.length === 0) for (const name of ['value', 'density']) added.add(name);
      if ('pivot' in transform) for (const row of scope.rows ?? []) added.add(String(row[String(transform.pivot)]));
    }
    return { rows: scope.rows, added, transformed: true };
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
    if (typeof definition.field !== 'string') return;
    this.known(definition.field, scope);
    if (scope.transformed || scope.rows === undefined) return;
    const main = isObject(encoding[name.replace('2', '')]) ? (encoding[name.replace('2', '')] as Json) : definition;
    const type = definition.type ?? main.type;
    const scale = isObject(main.scale) ? main.scale.type : undefined;
    this.values(definition.field, scope.rows, type === 'quantitative', scale === 'log');
  }

  private known(field: string, scope: Scope): void {
    const name = column(field);
    if (name === '' || scope.added.has(name) || scope.rows === undefined) return;
    const columns = new Set(scope.rows.flatMap((row) => Object.keys(row)));
    if (columns.has(name)) return;
    const names = [...columns, ...scope.added];
    const guess = nearest(name, names);
    this.fail(
      `is not in the data, which has ${names.join(', ')}${guess === undefined ? '' : `; nearest: ${guess}`}`,
      field,
    );
  }

  private values(field: string, rows: readonly Row[], quantitative: boolean, logarithmic: boolean): void {
    if (field !== column(field)) return;
    rows.forEach((row, i) => {
      const value = row[field];
      if (value === undefined) this.fail(`missing in row ${i} of ${rows.length}: ${JSON.stringify(row)}`, field);
      if (!quantitative) return;
      if (typeof value !== 'number' || !Number.isFinite(value))
        this.fail(
          `row ${i} of ${rows.length} has ${String(value)}, not a finite number; leave such rows out by hand`,
          field,
        );
      if (logarithmic && value <= 0)
        this.fail(`row ${i} of ${rows.length} has ${value}, which a log scale cannot show`, field);
    });
  }
}

/** Checks all fields of a specification; throws a `FigureError` at the first that is wrong. */
export function checkFields(figure: string, spec: FigureSpec): void {
  const view = spec as unknown as Json;
  new FieldCheck(figure, view).view(view, { rows: undefined, added: new Set(), transformed: true });
}

/** All rows that a specification carries inline, dataset by dataset in order of appearance. */
export function inlineData(spec: FigureSpec): (readonly Row[])[] {
  const found = new Set<readonly Row[]>();
  const visit = (view: Json): void => {
    if (isObject(view.data) && Array.isArray(view.data.values)) found.add(view.data.values as Row[]);
    for (const name of ['layer', 'hconcat', 'vconcat', 'concat'])
      for (const child of Array.isArray(view[name]) ? view[name] : []) visit(child as Json);
    if (isObject(view.spec)) visit(view.spec);
  };
  visit(spec as unknown as Json);
  return [...found];
}
