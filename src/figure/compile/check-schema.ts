/**
 * Reports what Vega-Lite's schema does not have where it stands: properties, which it would leave out without a word, and
 * values. Of the alternatives at a place it is enough that one has it, so a valid specification always passes.
 */
import { readFileSync } from 'node:fs';
import { nearestName } from '../../lab/did-you-mean.ts';
import { quoted } from '../../lab/input-problems.ts';
import type { FigureSpec } from '../define-charts.ts';
import { FigureError } from '../errors.ts';
import { packageFile } from '../text/font.ts';
import { isObject, type Json } from './vega-spec.ts';

/** A node of the schema, as far as this one goes. */
type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
};

/** Where rows stand, which are the author's own. */
const rows = new Set(['values', 'datasets', 'usermeta']);

let whole: { readonly $ref: string; readonly definitions: Readonly<Record<string, Schema>> } | undefined;
const resolved = new WeakMap<Schema, readonly Schema[]>();

const wholeSchema = () => {
  whole ??= JSON.parse(readFileSync(packageFile('vega-lite/vega-lite-schema.json'), 'utf8')) as typeof whole;
  return whole!;
};

/** What a node allows: itself, or the alternatives that it refers to. */
function alternativesOf(schema: Schema): readonly Schema[] {
  const known = resolved.get(schema);
  if (known) return known;
  const { $ref, anyOf, oneOf } = schema;
  const parts =
    $ref === undefined ? (anyOf ?? oneOf) : [wholeSchema().definitions[$ref.slice($ref.lastIndexOf('/') + 1)]!];
  const all = parts === undefined ? [schema] : [...new Set(parts.flatMap(alternativesOf))];
  resolved.set(schema, all);
  return all;
}

const isOfType = ({ type }: Schema, name: string): boolean => type === undefined || [type].flat().includes(name);

/** Whether a node allows a value that is neither list nor object. */
function allows(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (value === null) return isOfType(schema, 'null');
  if (typeof value !== 'number') return isOfType(schema, typeof value);
  return isOfType(schema, 'number') && Number.isFinite(value);
}

const propertyOf = ({ properties, additionalProperties }: Schema, name: string): Schema | undefined => {
  const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (own !== undefined || additionalProperties === false) return own;
  return typeof additionalProperties === 'object' ? additionalProperties : {};
};

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** How much of an object an alternative does not allow: what it lacks, has too much, and texts and numbers that are wrong. */
function faults(object: Json, schema: Schema): number {
  const missing = (schema.required ?? []).filter((name) => object[name] === undefined).length;
  return Object.entries(object).reduce((sum, [name, value]) => {
    const property = propertyOf(schema, name);
    if (property === undefined) return sum + 1;
    if (!isLeaf(value) || value === undefined) return sum;
    const values = alternativesOf(property);
    if (values.some((each) => allows(each, value))) return sum;
    // A constant tells alternatives apart, such as the type of a mark.
    return sum + (values.every((each) => each.const !== undefined) ? 2 : 1);
  }, missing);
}

/** The alternatives that an object is likeliest to be. */
function likeliest(object: Json, alternatives: readonly Schema[]): readonly Schema[] {
  const counts = alternatives.map((schema) => faults(object, schema));
  const least = Math.min(...counts);
  return alternatives.filter((_, i) => counts[i] === least);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
};

const mostNames = 20;

/** The values that a node lists. */
const valuesOf = (schema: Schema): readonly unknown[] =>
  schema.enum ?? (schema.const === undefined ? [] : [schema.const]);

/** What a place takes, in words. */
function expected(alternatives: readonly Schema[], value: unknown): string {
  const names = alternatives.flatMap(valuesOf).map(String);
  const guess = typeof value === 'string' ? nearestName(value, names) : undefined;
  if (guess !== undefined) return `nearest: ${guess}`;
  const others = alternatives
    .filter((schema) => valuesOf(schema).length === 0)
    .flatMap(({ type = [] }) => [type].flat().map((kind) => kinds[kind]!));
  const all = [...new Set([...names, ...others])];
  const shown = all.slice(0, mostNames).join(', ') + (all.length > mostNames ? ', …' : '');
  return `write ${all.length > 1 ? 'one of ' : ''}${shown}`;
}

/** Where an author may have meant a property that a place does not have: in one of the place's own objects, or a similar name. */
function advice(name: string, alternatives: readonly Schema[], path: string): string {
  const properties = new Map(alternatives.flatMap((schema) => Object.entries(schema.properties ?? {})));
  const inside = [...properties].filter(([, property]) =>
    alternativesOf(property).some((schema) => Object.hasOwn(schema.properties ?? {}, name)),
  );
  if (inside.length > 0) return `; write ${inside.map(([outer]) => join(join(path, outer), name)).join(' or ')}`;
  const guess = properties.has(name) ? undefined : nearestName(name, properties.keys());
  return guess === undefined ? '' : `; nearest: ${guess}`;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Throws a `FigureError` for the first property or value of a specification that Vega-Lite does not take at its place. */
export function checkSchema(figure: string, spec: FigureSpec): void {
  const visit = (value: unknown, alternatives: readonly Schema[], path: string): void => {
    if (value === undefined || value instanceof Date) return;
    const kind = isLeaf(value) ? undefined : Array.isArray(value) ? 'array' : 'object';
    const possible = alternatives.filter((schema) =>
      kind === undefined ? allows(schema, value) : isOfType(schema, kind) && valuesOf(schema).length === 0,
    );
    if (possible.length === 0)
      throw new FigureError(
        figure,
        `has ${path} ${quoted(value)}, which Vega-Lite does not know; ${expected(alternatives, value)}`,
      );
    if (Array.isArray(value)) {
      const items = possible.flatMap((schema) => alternativesOf(schema.items ?? {}));
      for (const [i, each] of value.entries()) visit(each, items, `${path}[${i}]`);
    } else if (isObject(value)) {
      const fit = likeliest(value, possible);
      const properties = Object.entries(value).map(([name, each]) => {
        const found = [...new Set(fit.flatMap((schema) => propertyOf(schema, name) ?? []).flatMap(alternativesOf))];
        if (found.length > 0) return { name, each, found };
        const where = join(path, name);
        throw new FigureError(
          figure,
          `has ${where}, which Vega-Lite does not know there${advice(name, possible, path)}`,
        );
      });
      for (const { name, each, found } of properties) if (!rows.has(name)) visit(each, found, join(path, name));
    }
  };
  visit(spec, alternativesOf({ $ref: wholeSchema().$ref }), '');
}
