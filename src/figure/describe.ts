/**
 * What a figure shows, in words generated from its data: for lines their ends, extremes and crossings; for heat-maps the
 * lowest and highest cells; for strips each category with its range.
 */
import { dateText, written } from './numbers.ts';
import type { Row } from './rows.ts';
import { type Channel, mainUnit, seriesFields, shownBy, type Unit } from './units.ts';

type Point = { readonly x: number; readonly y: number };
type Series = { readonly name: string; readonly points: readonly Point[] };

/** Longer lists are cut, since nobody listens to more. */
const mostSeries = 6;

const clean = (title: string): string => title.replace(/\s+/g, ' ').trim();

/** The description of a figure that draws some marks. */
export function describe(title: string, units: readonly Unit[]): string {
  const unit = mainUnit(units);
  if (unit === undefined) return `${title}.`;
  const { x, y, color, theta } = unit.channels;
  const cell = color?.field === undefined ? undefined : color;
  const numeric = (channel: Channel): boolean =>
    unit.rows.every((row) => {
      const value = shownBy(row, channel);
      return typeof value === 'number' || value instanceof Date;
    });
  const sentences = (): string[] => {
    if (theta?.field !== undefined && cell !== undefined) return describeCategories(unit, cell, theta);
    if (x?.field === undefined || y?.field === undefined) {
      const along = x?.field === undefined ? y : x;
      if (along?.field === undefined)
        return cell === undefined || !numeric(cell) ? [`${title}.`] : describeValues(unit, cell);
      return numeric(along) ? describeValues(unit, along) : [`${unit.rows.length} items by ${clean(along.title)}.`];
    }
    if (unit.mark === 'rect' && cell !== undefined && numeric(cell)) return describeCells(unit, x, y, cell);
    if (numeric(y) && (numeric(x) || isOrdered(unit, x)) && unit.mark !== 'bar') return describeSeries(unit, x, y);
    if (unit.mark === 'bar' && isSpread(x) && numeric(y)) return describeCategories(unit, x, y);
    if (unit.mark === 'bar' && isSpread(y) && numeric(x)) return describeCategories(unit, y, x);
    if (numeric(y)) return describeCategories(unit, x, y);
    if (numeric(x)) return describeCategories(unit, y, x);
    return [`${unit.rows.length} items by ${clean(x.title)} and ${clean(y.title)}.`];
  };
  return [...sentences(), ...rules(units)].join(' ');
}

/** Whether a channel says where a bar stands, rather than how long it is. */
const isSpread = ({ until, temporal, type }: Channel): boolean =>
  until !== undefined || temporal === true || type === 'band';

const isOrdered = (unit: Unit, x: Channel): boolean =>
  (x.type === 'point' || x.type === 'band' || x.type === 'ordinal') && typeof unit.rows[0]?.[x.field!] === 'number';

const name = (row: Row, fields: readonly string[]): string =>
  fields.map((field) => (typeof row[field] === 'string' ? row[field] : `${field} ${text(row[field])}`)).join(', ');

/** How many values there are, and between which ends. */
function describeValues(unit: Unit, channel: Channel): string[] {
  const values = unit.rows.map((row) => Number(shownBy(row, channel)));
  const [low, high] = ends(values);
  const said = (value: number): string => (channel.temporal ? dateText(new Date(value)) : written(value));
  return [
    `${clean(channel.title)} of ${values.length} items: ${low === high ? said(low) : `${said(low)} to ${said(high)}`}.`,
  ];
}

/** The least and the greatest of some numbers, of which there may be too many for arguments. */
const ends = (values: readonly number[]): [number, number] =>
  values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );

function seriesOf(unit: Unit, x: Channel, y: Channel): Series[] {
  const fields = seriesFields(unit).filter((field) => field !== x.field && field !== y.field);
  const groups = Map.groupBy(unit.rows, (row) => name(row, fields));
  return [...groups].map(([label, rows]) => ({
    name: label,
    points: rows.map((row) => ({ x: Number(shownBy(row, x)), y: Number(shownBy(row, y)) })).sort((a, b) => a.x - b.x),
  }));
}

const least = (points: readonly Point[]): Point => points.reduce((best, point) => (point.y < best.y ? point : best));
const most = (points: readonly Point[]): Point => points.reduce((best, point) => (point.y > best.y ? point : best));

function describeSeries(unit: Unit, x: Channel, y: Channel): string[] {
  const all = seriesOf(unit, x, y);
  const [low, high] = ends(all.flatMap(({ points }) => points.map((point) => point.x)));
  const said = sayer(x);
  const scale = y.log ? ' on a logarithmic scale' : '';
  const opening = `${clean(y.title)}${scale} against ${clean(x.title)}, ${said(low)} to ${said(high)}`;
  const lines = all
    .slice(0, mostSeries)
    .map((series) => `${series.name === '' ? 'it' : series.name} ${course(series.points, said, sayer(y))}`);
  if (all.length > mostSeries) lines.push(`and ${all.length - mostSeries} more lines`);
  return [`${opening}: ${lines.join('; ')}.`, ...crossings(all, said)];
}

type Say = (value: number) => string;

/** Numbers as numbers, times as dates. */
const sayer =
  ({ temporal }: Channel): Say =>
  (value) =>
    temporal ? dateText(new Date(value)) : written(value);

/** How a line runs: between which ends, and how far it leaves them on the way. */
function course(points: readonly Point[], sayX: Say, sayY: Say): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  const low = least(points);
  const high = most(points);
  if (points.length === 1) return `is ${sayY(first.y)} at ${sayX(first.x)}`;
  if (low.y === high.y) return `stays at ${sayY(first.y)}`;
  const verb = last.y > first.y ? 'rises' : last.y < first.y ? 'falls' : 'goes';
  const margin = 0.05 * (high.y - low.y);
  const asides = [
    ...(low.y < Math.min(first.y, last.y) - margin ? [`a low of ${sayY(low.y)} at ${sayX(low.x)}`] : []),
    ...(high.y > Math.max(first.y, last.y) + margin ? [`a high of ${sayY(high.y)} at ${sayX(high.x)}`] : []),
  ];
  return `${verb} from ${sayY(first.y)} to ${sayY(last.y)}${asides.length > 0 ? `, with ${asides.join(' and ')}` : ''}`;
}

/** Where pairs of lines with common x change places; pairs that do so more than twice are left out. */
function crossings(all: readonly Series[], said: Say): string[] {
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
        found.push(`The lines of ${a.name} and ${b.name} cross near ${places.map(({ x }) => said(x)).join(' and ')}.`);
    }
  });
  return found;
}

function describeCells(unit: Unit, x: Channel, y: Channel, cell: Channel): string[] {
  const value = (row: Row): number => Number(shownBy(row, cell));
  const where = (row: Row): string => `${clean(x.title)} ${place(row, x)} and ${clean(y.title)} ${place(row, y)}`;
  const low = unit.rows.reduce((best, row) => (value(row) < value(best) ? row : best));
  const high = unit.rows.reduce((best, row) => (value(row) > value(best) ? row : best));
  const count = (channel: Channel): number => new Set(unit.rows.map((row) => place(row, channel))).size;
  return [
    `${clean(cell.title)} in ${count(x)} columns by ${clean(x.title)} and ${count(y)} rows by ${clean(y.title)}.`,
    value(low) === value(high)
      ? `Every cell is ${written(value(low))}.`
      : `Lowest, ${written(value(low))}, at ${where(low)}; highest, ${written(value(high))}, at ${where(high)}.`,
  ];
}

const text = (value: unknown): string =>
  typeof value === 'number' ? written(value) : value instanceof Date ? dateText(value) : String(value);

/** Where a row stands along a channel: its value, or the ends of its bin. */
function place(row: Row, channel: Channel): string {
  const start = shownBy(row, channel);
  if (channel.until === undefined || start instanceof Date || channel.temporal) return text(start);
  return `${text(start)} to ${text(row[channel.until])}`;
}

function describeCategories(unit: Unit, category: Channel, value: Channel): string[] {
  const series = seriesFields(unit).filter((field) => field !== category.field && field !== value.field);
  const said = sayer(value);
  const groups = Map.groupBy(unit.rows, (row) =>
    [place(row, category), name(row, series)].filter((part) => part !== '').join(', '),
  );
  const parts = [...groups].map(([label, rows]) => {
    const [low, high] = ends(rows.map((row) => Number(shownBy(row, value))));
    return `${label}: ${low === high ? said(low) : `${said(low)} to ${said(high)}`}`;
  });
  const cut = parts.length > 12 ? [...parts.slice(0, 12), `and ${parts.length - 12} more`] : parts;
  const by = clean(category.title) === '' ? '' : ` by ${clean(category.title)}`;
  return [`${clean(value.title)}${by}. ${cut.join('; ')}.`];
}

/** Rules that stand at constants, such as predictions. */
function rules(units: readonly Unit[]): string[] {
  const places = units
    .filter(({ mark }) => mark === 'rule')
    .flatMap(({ channels }) => [channels.x, channels.y])
    .flatMap((channel) => (channel?.field === undefined && typeof channel?.datum === 'number' ? [channel.datum] : []));
  return places.length === 0 ? [] : [`A rule marks ${[...new Set(places)].map((at) => written(at)).join(', ')}.`];
}
