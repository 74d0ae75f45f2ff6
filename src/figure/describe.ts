/**
 * What a figure shows, in words generated from its data: for lines their ends, extremes and crossings; for heat-maps the
 * lowest and highest cells; for strips each category with its range.
 */
import { words } from '../words/index.ts';
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
  if (unit === undefined) return words.describe.titleOnly(title);
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
        return cell === undefined || !numeric(cell) ? [words.describe.titleOnly(title)] : describeValues(unit, cell);
      return numeric(along)
        ? describeValues(unit, along)
        : [words.describe.itemsAlong(unit.rows.length, clean(along.title))];
    }
    if (unit.mark === 'rect' && cell !== undefined && numeric(cell)) return describeCells(unit, x, y, cell);
    if (numeric(y) && (numeric(x) || isOrdered(unit, x)) && unit.mark !== 'bar') return describeSeries(unit, x, y);
    if (unit.mark === 'bar' && isSpread(x) && numeric(y)) return describeCategories(unit, x, y);
    if (unit.mark === 'bar' && isSpread(y) && numeric(x)) return describeCategories(unit, y, x);
    if (numeric(y)) return describeCategories(unit, x, y);
    if (numeric(x)) return describeCategories(unit, y, x);
    return [words.describe.items(unit.rows.length, clean(x.title), clean(y.title))];
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
  return [words.describe.values(clean(channel.title), values.length, spread(low, high, said))];
}

/** One value, or both ends. */
const spread = (low: number, high: number, said: Say): string =>
  low === high ? said(low) : words.numbers.range(said(low), said(high));

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
  const opening = words.describe.opening(clean(y.title), y.log === true, clean(x.title), said(low), said(high));
  const lines = all
    .slice(0, mostSeries)
    .map((series) => course(series.name || words.describe.it, series.points, said, sayer(y)));
  if (all.length > mostSeries) lines.push(words.describe.moreLines(all.length - mostSeries));
  return [words.describe.series(opening, lines), ...crossings(all, said)];
}

type Say = (value: number) => string;

/** Numbers as numbers, times as dates. */
const sayer =
  ({ temporal }: Channel): Say =>
  (value) =>
    temporal ? dateText(new Date(value)) : written(value);

/** How a line runs: between which ends, and how far it leaves them on the way. */
function course(line: string, points: readonly Point[], sayX: Say, sayY: Say): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  const low = least(points);
  const high = most(points);
  if (points.length === 1) return words.describe.isAt(line, sayY(first.y), sayX(first.x));
  if (low.y === high.y) return words.describe.staysAt(line, sayY(first.y));
  const verb = last.y > first.y ? 'rises' : last.y < first.y ? 'falls' : 'goes';
  const margin = 0.05 * (high.y - low.y);
  const asides = [
    ...(low.y < Math.min(first.y, last.y) - margin ? [words.describe.low(sayY(low.y), sayX(low.x))] : []),
    ...(high.y > Math.max(first.y, last.y) + margin ? [words.describe.high(sayY(high.y), sayX(high.x))] : []),
  ];
  return words.describe.course(line, verb, sayY(first.y), sayY(last.y), asides);
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
        found.push(
          words.describe.crossing(
            a.name,
            b.name,
            places.map(({ x }) => said(x)),
          ),
        );
    }
  });
  return found;
}

function describeCells(unit: Unit, x: Channel, y: Channel, cell: Channel): string[] {
  const value = (row: Row): number => Number(shownBy(row, cell));
  const where = (row: Row): string => words.describe.cell(clean(x.title), place(row, x), clean(y.title), place(row, y));
  const low = unit.rows.reduce((best, row) => (value(row) < value(best) ? row : best));
  const high = unit.rows.reduce((best, row) => (value(row) > value(best) ? row : best));
  const count = (channel: Channel): number => new Set(unit.rows.map((row) => place(row, channel))).size;
  return [
    words.describe.cells(clean(cell.title), count(x), clean(x.title), count(y), clean(y.title)),
    value(low) === value(high)
      ? words.describe.everyCell(written(value(low)))
      : words.describe.extremes(written(value(low)), where(low), written(value(high)), where(high)),
  ];
}

const text = (value: unknown): string =>
  typeof value === 'number' ? written(value) : value instanceof Date ? dateText(value) : String(value);

/** Where a row stands along a channel: its value, or the ends of its bin. */
function place(row: Row, channel: Channel): string {
  const start = shownBy(row, channel);
  if (channel.until === undefined || start instanceof Date || channel.temporal) return text(start);
  return words.numbers.range(text(start), text(row[channel.until]));
}

function describeCategories(unit: Unit, category: Channel, value: Channel): string[] {
  const series = seriesFields(unit).filter((field) => field !== category.field && field !== value.field);
  const said = sayer(value);
  const { x, x2, y2 } = unit.channels;
  // Bars with two ends show both.
  const other = value.upTo === undefined ? (value === x ? x2 : y2) : { ...value, field: value.upTo };
  const end = other?.field === undefined ? undefined : other;
  const groups = Map.groupBy(unit.rows, (row) =>
    [place(row, category), name(row, series)].filter((part) => part !== '').join(', '),
  );
  const parts = [...groups].map(([label, rows]) => {
    const [low, high] = ends(
      rows.flatMap((row) => [value, ...(end === undefined ? [] : [end])].map((each) => Number(shownBy(row, each)))),
    );
    return words.describe.category(label, spread(low, high, said));
  });
  const cut = parts.length > 12 ? [...parts.slice(0, 12), words.describe.more(parts.length - 12)] : parts;
  return [words.describe.categories(clean(value.title), clean(category.title), cut)];
}

/** Rules that stand at constants, such as predictions. */
function rules(units: readonly Unit[]): string[] {
  const places = units
    .filter(({ mark }) => mark === 'rule')
    .flatMap(({ channels }) => [channels.x, channels.y])
    .flatMap((channel) => (channel?.field === undefined && typeof channel?.datum === 'number' ? [channel.datum] : []));
  return places.length === 0 ? [] : [words.describe.rules([...new Set(places)].map((at) => written(at)))];
}
