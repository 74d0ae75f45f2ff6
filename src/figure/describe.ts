/**
 * What a figure shows, in words generated from its data: for lines their ends, extremes and crossings; for heat-maps the
 * lowest and highest cells; for strips each category with its range.
 */
import type { FigureSpec } from './define.ts';
import { written } from './numbers.ts';
import type { Row } from './rows.ts';
import { type Channel, mainUnit, seriesFields, type Unit, unitsOf } from './units.ts';

type Point = { readonly x: number; readonly y: number };
type Series = { readonly name: string; readonly points: readonly Point[] };

/** Longer lists are cut, since nobody listens to more. */
const mostSeries = 6;

const clean = (title: string): string => title.replace(/\s+/g, ' ').trim();

/** The description of a specification. */
export function describe(title: string, spec: FigureSpec): string {
  if (typeof spec.description === 'string') return spec.description;
  const unit = mainUnit(spec);
  const { x, y } = unit?.channels ?? {};
  if (unit === undefined || x?.field === undefined || y?.field === undefined) return `${title}.`;
  const numeric = (channel: Channel): boolean => unit.rows.every((row) => typeof row[channel.field!] === 'number');
  const cell = unit.channels.color;
  const sentences =
    unit.mark === 'rect' && cell?.field !== undefined && numeric(cell)
      ? describeCells(unit, x, y, cell)
      : numeric(y) && (numeric(x) || isOrdered(unit, x)) && unit.mark !== 'bar'
        ? describeSeries(unit, x, y)
        : numeric(y)
          ? describeCategories(unit, x, y)
          : numeric(x)
            ? describeCategories(unit, y, x)
            : [`${unit.rows.length} items by ${clean(x.title)} and ${clean(y.title)}.`];
  return [...sentences, ...rules(spec)].join(' ');
}

const isOrdered = (unit: Unit, x: Channel): boolean =>
  x.type === 'ordinal' && typeof unit.rows[0]?.[x.field!] === 'number';

const name = (row: Row, fields: readonly string[]): string =>
  fields.map((field) => (typeof row[field] === 'string' ? row[field] : `${field} ${String(row[field])}`)).join(', ');

function seriesOf(unit: Unit, x: Channel, y: Channel): Series[] {
  const fields = seriesFields(unit).filter((field) => field !== x.field && field !== y.field);
  const groups = Map.groupBy(unit.rows, (row) => name(row, fields));
  return [...groups].map(([label, rows]) => ({
    name: label,
    points: rows.map((row) => ({ x: Number(row[x.field!]), y: Number(row[y.field!]) })).sort((a, b) => a.x - b.x),
  }));
}

const least = (points: readonly Point[]): Point => points.reduce((best, point) => (point.y < best.y ? point : best));
const most = (points: readonly Point[]): Point => points.reduce((best, point) => (point.y > best.y ? point : best));

function describeSeries(unit: Unit, x: Channel, y: Channel): string[] {
  const all = seriesOf(unit, x, y);
  const xs = all.flatMap(({ points }) => points.map((point) => point.x));
  const [low, high] = xs.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const scale = y.log ? ' on a logarithmic scale' : '';
  const opening = `${clean(y.title)}${scale} against ${clean(x.title)}, ${written(low)} to ${written(high)}`;
  const lines = all
    .slice(0, mostSeries)
    .map((series) => `${series.name === '' ? 'it' : series.name} ${course(series.points)}`);
  if (all.length > mostSeries) lines.push(`and ${all.length - mostSeries} more lines`);
  return [`${opening}: ${lines.join('; ')}.`, ...crossings(all)];
}

/** How a line runs: between which ends, and how far it leaves them on the way. */
function course(points: readonly Point[]): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  const low = least(points);
  const high = most(points);
  if (points.length === 1) return `is ${written(first.y)} at ${written(first.x)}`;
  if (low.y === high.y) return `stays at ${written(first.y)}`;
  const verb = last.y > first.y ? 'rises' : last.y < first.y ? 'falls' : 'goes';
  const margin = 0.05 * (high.y - low.y);
  const asides = [
    ...(low.y < Math.min(first.y, last.y) - margin ? [`a low of ${written(low.y)} at ${written(low.x)}`] : []),
    ...(high.y > Math.max(first.y, last.y) + margin ? [`a high of ${written(high.y)} at ${written(high.x)}`] : []),
  ];
  return `${verb} from ${written(first.y)} to ${written(last.y)}${asides.length > 0 ? `, with ${asides.join(' and ')}` : ''}`;
}

/** Where pairs of lines with common x change places; pairs that do so more than twice are left out. */
function crossings(all: readonly Series[]): string[] {
  if (all.length > 4) return [];
  const found: string[] = [];
  all.forEach((a, i) => {
    for (const b of all.slice(i + 1)) {
      const other = new Map(b.points.map((point) => [point.x, point.y]));
      const gaps = a.points
        .flatMap(({ x, y }) => (other.has(x) ? [{ x, gap: y - other.get(x)! }] : []))
        .filter(({ gap }) => gap !== 0);
      const places = gaps.filter(({ gap }, k) => k > 0 && Math.sign(gap) !== Math.sign(gaps[k - 1]!.gap));
      if (places.length > 0 && places.length <= 2)
        found.push(
          `The lines of ${a.name} and ${b.name} cross near ${places.map(({ x }) => written(x)).join(' and ')}.`,
        );
    }
  });
  return found;
}

function describeCells(unit: Unit, x: Channel, y: Channel, cell: Channel): string[] {
  const value = (row: Row): number => Number(row[cell.field!]);
  const where = (row: Row): string =>
    `${clean(x.title)} ${text(row[x.field!])} and ${clean(y.title)} ${text(row[y.field!])}`;
  const low = unit.rows.reduce((best, row) => (value(row) < value(best) ? row : best));
  const high = unit.rows.reduce((best, row) => (value(row) > value(best) ? row : best));
  const count = (channel: Channel): number => new Set(unit.rows.map((row) => row[channel.field!])).size;
  return [
    `${clean(cell.title)} in ${count(x)} columns by ${clean(x.title)} and ${count(y)} rows by ${clean(y.title)}.`,
    value(low) === value(high)
      ? `Every cell is ${written(value(low))}.`
      : `Lowest, ${written(value(low))}, at ${where(low)}; highest, ${written(value(high))}, at ${where(high)}.`,
  ];
}

const text = (value: unknown): string => (typeof value === 'number' ? written(value) : String(value));

function describeCategories(unit: Unit, category: Channel, value: Channel): string[] {
  const series = seriesFields(unit).filter((field) => field !== category.field && field !== value.field);
  const groups = Map.groupBy(unit.rows, (row) =>
    [text(row[category.field!]), name(row, series)].filter((part) => part !== '').join(', '),
  );
  const parts = [...groups].map(([label, rows]) => {
    const values = rows.map((row) => Number(row[value.field!]));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${label}: ${low === high ? written(low) : `${written(low)} to ${written(high)}`}`;
  });
  const cut = parts.length > 12 ? [...parts.slice(0, 12), `and ${parts.length - 12} more`] : parts;
  const by = clean(category.title) === '' ? '' : ` by ${clean(category.title)}`;
  return [`${clean(value.title)}${by}. ${cut.join('; ')}.`];
}

/** Rules that stand at constants, such as predictions. */
function rules(spec: FigureSpec): string[] {
  const places = unitsOf(spec)
    .filter(({ mark }) => mark === 'rule')
    .flatMap(({ channels }) => [channels.x?.datum, channels.y?.datum])
    .filter((datum) => typeof datum === 'number');
  return places.length === 0 ? [] : [`A rule marks ${[...new Set(places)].map((place) => written(place)).join(', ')}.`];
}
