/**
 * Generates the description of a figure from its data: for lines their ends, extremes and crossings; for heat-maps the
 * lowest and highest cells; for strips each category with its range.
 */
import { words } from '../../i18n/index.ts';
import { extent } from '../marks/axis.ts';
import { dateText, digitsApart, formatNumber } from './number-format.ts';
import type { Row } from './rows.ts';
import {
  type Channel,
  cellOf,
  channelOf,
  channelValue,
  isDiscrete,
  plotsOf,
  rowsAlong,
  seriesFields,
  type Unit,
} from './units.ts';

type Point = { readonly x: number; readonly y: number };
type Series = { readonly name: string; readonly points: readonly Point[] };

/** Longer lists are truncated, since screen readers read the description aloud. */
const mostSeries = 6;
const mostPlots = 6;

const oneLine = (title: string): string => title.replace(/\s+/g, ' ').trim();

/** The description of a figure with these marks, plot by plot. */
export function describeFigure(title: string, units: readonly Unit[]): string {
  const plots = plotsOf(units);
  if (plots.length === 0) return words.describe.titleOnly(title);
  const texts = plots.slice(0, mostPlots).map((plot) => {
    const text = [...plot.main.flatMap((unit) => describeUnit(title, unit)), ...rules(plot.units)].join(' ');
    return plot.name === undefined ? text : words.describe.category(plot.name, text);
  });
  if (plots.length > mostPlots) texts.push(words.describe.morePlots(plots.length - mostPlots));
  return texts.join(' ');
}

function describeUnit(title: string, unit: Unit): string[] {
  const { x, y, theta, radius } = unit.channels;
  const cell = cellOf(unit);
  const numeric = (channel: Channel): boolean =>
    unit.rows.every((row) => {
      const value = channelValue(row, channel);
      if (channel.until !== undefined && typeof value === 'number' && !channel.temporal)
        return `${oneLine(channel.title)} ${place(row, channel)}`;
      return typeof value === 'number' || value instanceof Date;
    });
  if (theta?.field !== undefined && cell !== undefined && numeric(theta)) return describeCategories(unit, cell, theta);
  if (theta?.field !== undefined && radius?.field !== undefined && numeric(radius))
    return describeCategories(unit, theta, radius);
  if (x?.field === undefined || y?.field === undefined) {
    const along = x?.field === undefined ? y : x;
    if (along?.field === undefined)
      return cell === undefined || !numeric(cell) ? [words.describe.titleOnly(title)] : describeValues(unit, cell);
    return numeric(along)
      ? describeValues(unit, along)
      : [words.describe.itemsAlong(unit.rows.length, oneLine(along.title))];
  }
  if (unit.mark === 'text' && !(isDiscrete(x) && isDiscrete(y)))
    return [words.describe.items(unit.rows.length, oneLine(x.title), oneLine(y.title))];
  if ((unit.mark === 'rect' || unit.mark === 'text') && cell !== undefined && numeric(cell))
    return describeCells(unit, x, y, cell);
  if (numeric(y) && (numeric(x) || isOrdered(unit, x)) && unit.mark !== 'bar') return describeSeries(unit, x, y);
  if (unit.mark === 'bar' && isBarPosition(x) && numeric(y)) return describeCategories(unit, x, y);
  if (unit.mark === 'bar' && isBarPosition(y) && numeric(x)) return describeCategories(unit, y, x);
  if (numeric(y)) return describeCategories(unit, x, y);
  if (numeric(x)) return describeCategories(unit, y, x);
  return [words.describe.items(unit.rows.length, oneLine(x.title), oneLine(y.title))];
}

/** Whether a channel is the position of a bar, not its length. */
const isBarPosition = ({ until, temporal, type }: Channel): boolean =>
  until !== undefined || temporal === true || type === 'band';

const isOrdered = (unit: Unit, x: Channel): boolean =>
  (x.type === 'point' || x.type === 'band' || x.type === 'ordinal') && typeof unit.rows[0]?.[x.field!] === 'number';

const name = (unit: Unit, row: Row, fields: readonly string[]): string =>
  fields
    .map((field) => {
      const channel = channelOf(unit, field);
      const value = channelValue(row, channel);
      if (channel.until !== undefined && typeof value === 'number' && !channel.temporal)
        return `${oneLine(channel.title)} ${place(row, channel)}`;
      return typeof value === 'string' || value instanceof Date ? text(value, channel) : `${field} ${text(value)}`;
    })
    .join(', ');

/** The number of values and their range. */
function describeValues(unit: Unit, channel: Channel): string[] {
  const starts = unit.rows.map((row) => Number(channelValue(row, channel)));
  const ends = channel.until === undefined ? [] : unit.rows.map((row) => Number(row[channel.until!]));
  const [low, high] = extent([...starts, ...ends]);
  const format = formatterOf(unit, channel);
  return [words.describe.values(oneLine(channel.title), starts.length, rangeText(low, high, format))];
}

/** A range as text; one value if both ends are equal. */
const rangeText = (low: number, high: number, format: Format): string =>
  low === high ? format(low) : words.numbers.range(format(low), format(high));

function seriesOf(unit: Unit, x: Channel, y: Channel): Series[] {
  const fields = seriesFields(unit).filter((field) => field !== x.field && field !== y.field);
  const groups = Map.groupBy(unit.rows, (row) => name(unit, row, fields));
  return [...groups].map(([label, rows]) => ({
    name: label,
    points: rows
      .map((row) => ({ x: Number(channelValue(row, x)), y: Number(channelValue(row, y)) }))
      .sort((a, b) => a.x - b.x),
  }));
}

const pointMarks = new Set(['point', 'circle', 'square', 'tick']);

/** Whether several points are at one x, so that they have no course. */
const isCloud = (points: readonly Point[]): boolean => points.some(({ x }, i) => i > 0 && x === points[i - 1]!.x);

function describeSeries(unit: Unit, x: Channel, y: Channel): string[] {
  if (pointMarks.has(unit.mark) && seriesOf(unit, x, y).some(({ points }) => isCloud(points))) {
    const series = seriesFields(unit).find((field) => field !== x.field && field !== y.field);
    const values =
      series === undefined ? describeValues(unit, y) : describeCategories(unit, channelOf(unit, series), y);
    return [...describeValues(unit, x), ...values];
  }
  const { y2 } = unit.channels;
  const end = y.upTo === undefined ? y2?.field : y.upTo;
  // Of an area or an interval both ends are lines.
  const all =
    end === undefined
      ? seriesOf(unit, x, y)
      : [y.field!, end].flatMap((field) =>
          seriesOf(unit, x, { ...y, field }).map((series) => ({
            ...series,
            name: [series.name, field.replace(/\\(.)/g, '$1')].filter((part) => part !== '').join(', '),
          })),
        );
  const [low, high] = extent(all.flatMap(({ points }) => points.map((point) => point.x)));
  const format = formatterOf(unit, x);
  const opening = words.describe.opening(oneLine(y.title), y.log === true, oneLine(x.title), format(low), format(high));
  const lines = all
    .slice(0, mostSeries)
    .map((series) => course(series.name || words.describe.it, series.points, format, formatterOf(unit, y)));
  if (all.length > mostSeries) lines.push(words.describe.moreLines(all.length - mostSeries));
  return [words.describe.series(opening, lines), ...crossings(all, format)];
}

type Format = (value: number) => string;

/** The formatter of a channel's values: times as dates, others as numbers. */
function formatterOf(unit: Unit, channel: Channel): Format {
  const digits = digitsApart(
    unit.rows.map((row) => channelValue(row, channel)),
    3,
  );
  return (value) => (channel.temporal ? text(new Date(value), channel) : formatNumber(value, digits));
}

/** The course of a line: its ends, and extremes beyond them. */
function course(line: string, points: readonly Point[], formatX: Format, formatY: Format): string {
  const first = points[0]!;
  const last = points.at(-1)!;
  const low = points.reduce((best, point) => (point.y < best.y ? point : best));
  const high = points.reduce((best, point) => (point.y > best.y ? point : best));
  if (points.length === 1) return words.describe.isAt(line, formatY(first.y), formatX(first.x));
  if (low.y === high.y) return words.describe.staysAt(line, formatY(first.y));
  const verb = last.y > first.y ? 'rises' : last.y < first.y ? 'falls' : 'goes';
  const margin = 0.05 * (high.y - low.y);
  const asides = [
    ...(low.y < Math.min(first.y, last.y) - margin ? [words.describe.low(formatY(low.y), formatX(low.x))] : []),
    ...(high.y > Math.max(first.y, last.y) + margin ? [words.describe.high(formatY(high.y), formatX(high.x))] : []),
  ];
  return words.describe.course(line, verb, formatY(first.y), formatY(last.y), asides);
}

/** Where pairs of lines with common x cross; pairs that cross more than twice are left out. */
function crossings(all: readonly Series[], format: Format): string[] {
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
            places.map(({ x }) => format(x)),
          ),
        );
    }
  });
  return found;
}

function describeCells(unit: Unit, x: Channel, y: Channel, cell: Channel): string[] {
  const value = (row: Row): number => Number(channelValue(row, cell));
  const where = (row: Row): string =>
    words.describe.cell(oneLine(x.title), place(row, x), oneLine(y.title), place(row, y));
  const low = unit.rows.reduce((best, row) => (value(row) < value(best) ? row : best));
  const high = unit.rows.reduce((best, row) => (value(row) > value(best) ? row : best));
  const count = (channel: Channel): number => new Set(unit.rows.map((row) => place(row, channel))).size;
  return [
    words.describe.cells(oneLine(cell.title), count(x), oneLine(x.title), count(y), oneLine(y.title)),
    value(low) === value(high)
      ? words.describe.everyCell(formatNumber(value(low)))
      : words.describe.extremes(formatNumber(value(low)), where(low), formatNumber(value(high)), where(high)),
  ];
}

const text = (value: unknown, channel?: Channel): string =>
  typeof value === 'number'
    ? formatNumber(value)
    : value instanceof Date
      ? (channel?.timeText?.(value.getTime()) ?? dateText(value))
      : String(value);

/** The position of a row along a channel: its value, or the ends of its bin. */
function place(row: Row, channel: Channel): string {
  const start = channelValue(row, channel);
  if (channel.until === undefined || start instanceof Date || channel.temporal) return text(start, channel);
  return words.numbers.range(text(start), text(row[channel.until]));
}

function describeCategories(unit: Unit, category: Channel, value: Channel): string[] {
  const series = seriesFields(unit).filter((field) => field !== category.field && field !== value.field);
  const format = formatterOf(unit, value);
  const { x, x2, y2 } = unit.channels;
  // Bars with two ends include both in the range.
  const other = value.upTo === undefined ? (value === x ? x2 : y2) : { ...value, field: value.upTo };
  const end = other?.field === undefined ? undefined : other;
  const groups = Map.groupBy(rowsAlong(unit, category), (row) =>
    [place(row, category), name(unit, row, series)].filter((part) => part !== '').join(', '),
  );
  const parts = [...groups].map(([label, rows]) => {
    const [low, high] = extent(
      rows.flatMap((row) =>
        [value, ...(end === undefined ? [] : [end])].map((each) => Number(channelValue(row, each))),
      ),
    );
    return words.describe.category(label, rangeText(low, high, format));
  });
  const cut = parts.length > 12 ? [...parts.slice(0, 12), words.describe.more(parts.length - 12)] : parts;
  return [words.describe.categories(oneLine(value.title), oneLine(category.title), cut)];
}

/** Rules at constants, such as predictions. */
function rules(units: readonly Unit[]): string[] {
  const places = units
    .filter(({ mark }) => mark === 'rule')
    .flatMap(({ channels }) => [channels.x, channels.y])
    .flatMap((channel) => (channel?.field === undefined && typeof channel?.datum === 'number' ? [channel.datum] : []));
  return places.length === 0 ? [] : [words.describe.rules([...new Set(places)].map((at) => formatNumber(at)))];
}
