/** Rejects parts of a specification that a still figure cannot show, with a message that names an alternative. */
import type { FigureSpec } from '../define-charts.ts';
import { FigureError } from '../errors.ts';
import { isObject, type Json } from './vega-spec.ts';

/** Where a specification holds rows, whose columns may have any name. */
const data = new Set(['values', 'datasets', 'usermeta']);

/** Every object in a specification with its key, except data. */
export function* specParts(value: unknown, key = ''): Generator<readonly [key: string, part: Json]> {
  if (Array.isArray(value)) for (const each of value) yield* specParts(each, key);
  else if (isObject(value)) {
    yield [key, value];
    for (const [name, each] of Object.entries(value))
      if (!data.has(name) && typeof each === 'object') yield* specParts(each, name);
  }
}

const interactive =
  'is interactive, and a page has no script: show the states that matter as `<Frames>`, or leave it out';

/** Why a selection is not supported; undefined if it only styles what a reader points at, which may be ignored. */
function selectionProblem(spec: FigureSpec, { name, select, bind }: Json): string | undefined {
  const type = isObject(select) ? select.type : select;
  const what = `the ${String(type)} selection “${String(name)}”`;
  if (type !== 'point' || (bind !== undefined && bind !== 'legend')) return `${what} ${interactive}`;
  const uses = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(uses)
      : isObject(value)
        ? value.param === name || Object.values(value).some(uses)
        : false;
  for (const [key, part] of specParts(spec))
    if ((key === 'transform' || key === 'scale' || key === 'bin') && uses(part))
      return `${what} chooses data, so it ${interactive}`;
  return undefined;
}

function findProblem(spec: FigureSpec): string | undefined {
  for (const [key, part] of specParts(spec)) {
    if (key === 'params' && part.select !== undefined) {
      const found = selectionProblem(spec, part);
      if (found !== undefined) return found;
    }
    if (key === 'params' && part.select === undefined && part.bind !== undefined)
      return `the input of the parameter “${String(part.name)}” ${interactive}`;
    const mark = isObject(part.mark) ? part.mark.type : part.mark;
    if (mark === 'image')
      return 'has an `image` mark, which needs a file from elsewhere: use `point` with `shape`, or `text`';
    if (part.gradient !== undefined && Array.isArray(part.stops))
      return 'has a gradient for a colour, which cannot follow light and dark: use colour() of src/figure';
    if (part.scheme !== undefined) {
      const name = isObject(part.scheme) ? part.scheme.name : part.scheme;
      return `has the colour scheme “${String(name)}”, whose colours do not follow light and dark: leave it out, and the palette is used`;
    }
    if (part.stroke === '' || part.fill === '')
      return `${key === '' ? 'it' : key} has the colour '', which is none: write null for no colour`;
  }
  return undefined;
}

/** Throws a `FigureError` unless a chart returned an object. */
export function checkIsObject(figure: string, spec: unknown): void {
  if (spec instanceof Promise)
    throw new FigureError(
      figure,
      'has no specification but a promise: a chart cannot be `async`; await in the experiment',
    );
  if (!isObject(spec))
    throw new FigureError(
      figure,
      `has no specification but ${Array.isArray(spec) ? 'a list' : String(spec)}: \`return\` an object, { data, mark, encoding }`,
    );
}

/** Throws a `FigureError` for selections, files, and colours other than the palette's. */
export function rejectUnsupported(figure: string, spec: FigureSpec): void {
  if ('title' in spec && spec.title !== undefined && spec.title !== null)
    throw new FigureError(figure, 'has a `title` of its own: leave it out, for the page shows the title of the chart');
  const found = findProblem(spec);
  if (found !== undefined) throw new FigureError(figure, found);
}
