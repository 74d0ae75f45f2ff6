/** Reports properties that Vega-Lite does not know, which it would leave out without a word. */
import { readFileSync } from 'node:fs';
import { nearestName } from '../../lab/did-you-mean.ts';
import type { FigureSpec } from '../define-charts.ts';
import { FigureError } from '../errors.ts';
import { packageFile } from '../text/font.ts';
import { isObject } from './vega-spec.ts';

/** Below these, names are the author's own: rows, styles, values. */
const own = new Set(['values', 'datasets', 'usermeta', 'parse', 'style', 'range', 'value', 'datum', 'bind', 'locale']);

let known: Set<string> | undefined;

/** The names of all properties in Vega-Lite's schema, whatever they are properties of. */
function knownProperties(): Set<string> {
  if (known) return known;
  const found = new Set<string>();
  const visit = (schema: unknown): void => {
    if (Array.isArray(schema)) for (const each of schema) visit(each);
    else if (isObject(schema)) {
      if (isObject(schema.properties)) for (const name of Object.keys(schema.properties)) found.add(name);
      for (const each of Object.values(schema)) visit(each);
    }
  };
  visit(JSON.parse(readFileSync(packageFile('vega-lite/vega-lite-schema.json'), 'utf8')));
  known = found;
  return found;
}

/** Throws a `FigureError` for the first property of a specification that Vega-Lite has nowhere. */
export function checkProperties(figure: string, spec: FigureSpec): void {
  const names = knownProperties();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, path);
    else if (isObject(value) && !(value instanceof Date))
      for (const [name, each] of Object.entries(value)) {
        const here = path === '' ? name : `${path}.${name}`;
        if (!names.has(name)) {
          const guess = nearestName(name, names);
          throw new FigureError(
            figure,
            `has ${here}, which Vega-Lite does not know${guess === undefined ? '' : `; nearest: ${guess}`}`,
          );
        }
        if (!own.has(name) && typeof each === 'object') visit(each, here);
      }
  };
  visit(spec, '');
}
