/** What a still figure cannot show, said before anything is drawn: what it is, and how to write it instead. */
import type { FigureSpec } from './define.ts';
import { FigureError } from './errors.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of a specification with the key that it stands at; data are not looked into. */
export function* parts(value: unknown, key = ''): Generator<readonly [key: string, part: Json]> {
  if (Array.isArray(value)) for (const each of value) yield* parts(each, key);
  else if (isObject(value)) {
    yield [key, value];
    for (const [name, each] of Object.entries(value))
      if (name !== 'values' && name !== 'datasets' && typeof each === 'object') yield* parts(each, name);
  }
}

const interactive =
  'is interactive, and a page has no script: show the states that matter as `<Frames>`, or leave it out';

/**
 * Why a selection cannot stand still; undefined if it only styles what a reader points at, so that nothing is lost. (A
 * parameter without a selection is drawn at the value that its author gave.)
 */
function selection(spec: FigureSpec, { name, select, bind }: Json): string | undefined {
  const type = isObject(select) ? select.type : select;
  const what = `the ${String(type)} selection “${String(name)}”`;
  if (type !== 'point' || (bind !== undefined && bind !== 'legend')) return `${what} ${interactive}`;
  const uses = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(uses)
      : isObject(value)
        ? value.param === name || Object.values(value).some(uses)
        : false;
  for (const [key, part] of parts(spec))
    if ((key === 'transform' || key === 'scale' || key === 'bin') && uses(part))
      return `${what} chooses data, so it ${interactive}`;
  return undefined;
}

function problem(spec: FigureSpec): string | undefined {
  for (const [key, part] of parts(spec)) {
    if (key === 'params' && part.select !== undefined) {
      const found = selection(spec, part);
      if (found !== undefined) return found;
    }
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

/** Throws a FigureError for what cannot be drawn without script, files or the page's colours. */
export function refuse(figure: string, spec: FigureSpec): void {
  if ('title' in spec && spec.title !== undefined && spec.title !== null)
    throw new FigureError(figure, 'has a `title` of its own: leave it out, for the page shows the title of the chart');
  const found = problem(spec);
  if (found !== undefined) throw new FigureError(figure, found);
}
