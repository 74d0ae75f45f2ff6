/** Tabulates the data of a figure: series side by side where they share x, at most 24 lines. */
import { isDeepStrictEqual } from 'node:util';
import { words } from '../../i18n/index.ts';
import { dateText, digitsApart, formatNumber } from './number-format.ts';
import { columnsOf, isCell, type Row } from './rows.ts';
import {
  type Channel,
  cellOf,
  channelOf,
  channelValue,
  isDiscrete,
  type Plot,
  rowsAlong,
  seriesFields,
  type Unit,
} from './units.ts';

/**
 * A table as pages show it: the headings of its `columns`, and `rows` of cells as text. `plot` names its plot if there
 * are several, `note` says how many rows were left out.
 */
export type FigureTable = {
  readonly plot?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
};

const mostRows = 24;
const mostSeries = 8;

const leastDigits = 4;

const cellText = (value: unknown, digits = leastDigits): string =>
  typeof value === 'number'
    ? formatNumber(value, digits)
    : value instanceof Date
      ? dateText(value)
      : value === null || value === undefined
        ? '–'
        : String(value);

/** The text of a channel in a row: its value, or both ends of a bin or a box. */
type CellText = (row: Row) => string;

function cellsOf(unit: Unit, channel: Channel): CellText {
  const end = channel.until ?? channel.upTo;
  const digits = digitsApart(
    unit.rows.map((row) => channelValue(row, channel)),
    leastDigits,
  );
  return (row) => {
    const value = channelValue(row, channel);
    if (channel.timeText && value instanceof Date) return channel.timeText(value.getTime());
    const start = cellText(value, digits);
    return end === undefined || channel.temporal ? start : `${start}–${cellText(row[end], digits)}`;
  };
}

/** At most `n` of the rows, evenly spaced, with the first and the last. */
function downsample<T>(rows: readonly T[], n: number): readonly T[] {
  return rows.length <= n
    ? rows
    : Array.from({ length: n }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (n - 1))]!);
}

/** The heading of a column: without a title, the name of its field. */
const heading = ({ title, field = '' }: Channel): string => (title.trim() === '' ? field : title);

/** A table of at most `mostRows` of the lines; only those are formatted. */
function tableOf<T>(
  columns: readonly string[],
  lines: readonly T[],
  write: (line: T) => readonly string[],
): FigureTable {
  const kept = downsample(lines, mostRows);
  const table = { columns, rows: kept.map(write) };
  return kept === lines ? table : { ...table, note: words.figure.thinned(kept.length, lines.length) };
}

/** A table of plain rows. */
export function tableOfRows(rows: readonly Row[]): FigureTable {
  const columns = columnsOf(rows);
  const digits = columns.map((column) =>
    digitsApart(
      rows.map((row) => row[column]),
      leastDigits,
    ),
  );
  return tableOf(columns, rows, (row) => columns.map((column, i) => cellText(row[column], digits[i])));
}

/** What `read` finds in the marks of some plots, equal ones once, with the name of their plot. */
function distinct<T>(plots: readonly Plot[], read: (unit: Unit) => T): { name: string | undefined; found: T }[] {
  const all = plots.flatMap(({ name, main }) => main.map((unit) => ({ name, found: read(unit) })));
  return all.filter(({ found }, i) => all.findIndex((other) => isDeepStrictEqual(other.found, found)) === i);
}

/** The tables of some plots. Those of one plot with the same columns are named by their values. */
export const tablesOfPlots = (plots: readonly Plot[]): FigureTable[] => {
  const tables = distinct(plots, (unit) => ({ ...tableOfUnit(unit), plot: heading(placeAndValue(unit)[1]) }));
  return tables.map(({ name, found: { plot, ...table } }) => {
    const alike = tables.filter(
      (other) => other.name === name && isDeepStrictEqual(other.found.columns, table.columns),
    );
    const isNamed = new Set(alike.map(({ found }) => found.plot)).size > 1;
    const title = isNamed ? [name, plot].filter((part) => part !== undefined).join(', ') : name;
    return title === undefined ? table : { plot: title, ...table };
  });
};

/** The channels of the places of a mark, and of its values: of bars along x the places are along y. */
const placeAndValue = ({ channels: { x, y } }: Unit): readonly [place: Channel, value: Channel] => {
  const none: Channel = { title: '', log: false };
  return isDiscrete(y) && !isDiscrete(x) ? [y!, x ?? none] : [x ?? none, y ?? none];
};

/** Whether rows are others with more columns. */
const hasAll = (rows: readonly Row[], others: readonly Row[]): boolean =>
  rows.length === others.length &&
  rows.every((row, i) => Object.entries(others[i]!).every(([name, value]) => isDeepStrictEqual(row[name], value)));

/** The rows of some plots for a CSV file; if they differ, with the name of their plot in a column of its own. */
export function rowsOfPlots(plots: readonly Plot[]): readonly Row[] {
  const found = distinct(plots, rowsOfUnit);
  const all = found.filter(
    (each) => !found.some((other) => other !== each && other.name === each.name && hasAll(other.found, each.found)),
  );
  if (all.length <= 1) return all[0]?.found ?? [];
  let column = 'plot';
  while (all.some(({ found }) => found.some((row) => column in row))) column += '_';
  return all.flatMap(({ name, found }) => found.map((row) => (name === undefined ? row : { [column]: name, ...row })));
}

/** A table of a mark: x down and series across if few series share x; otherwise one line for each row. */
function tableOfUnit(unit: Unit): FigureTable {
  const { x, y } = unit.channels;
  const isCells = unit.mark === 'rect' || (unit.mark === 'text' && isDiscrete(x) && isDiscrete(y));
  const cell = isCells ? cellOf(unit) : undefined;
  const series = seriesFields(unit).filter((field) => field !== x?.field && field !== y?.field);
  if (x?.field !== undefined && y?.field !== undefined && series.length > 0 && !isCells && unit.mark !== 'text') {
    const [at, of] = placeAndValue(unit);
    const [place, value] = [cellsOf(unit, at), cellsOf(unit, of)];
    const parts = series.map((field) => cellsOf(unit, channelOf(unit, field)));
    const keys = new Map(unit.rows.map((row) => [row, parts.map((part) => part(row)).join(', ')]));
    const names = [...new Set(keys.values())];
    const places = names.length <= mostSeries ? Map.groupBy(rowsAlong(unit, at), place) : new Map<string, Row[]>();
    const isUnique = [...places.values()].every(
      (rows) => new Set(rows.map((row) => keys.get(row))).size === rows.length,
    );
    if (isUnique && places.size > 1)
      return tableOf([heading(at), ...names], [...places], ([name, rows]) => [
        name,
        ...names.map((name) => {
          const row = rows.find((each) => keys.get(each) === name);
          return row === undefined ? '–' : value(row);
        }),
      ]);
  }
  if (x?.field !== undefined && y?.field !== undefined && cell !== undefined) {
    const [column, line, value] = [cellsOf(unit, x), cellsOf(unit, y), cellsOf(unit, cell)];
    const columns = [...new Set(rowsAlong(unit, x).map(column))];
    const isUnique = new Set(unit.rows.map((row) => `${column(row)}\0${line(row)}`)).size === unit.rows.length;
    if (columns.length <= 12 && isUnique) {
      const lines = Map.groupBy(rowsAlong(unit, y), line);
      return tableOf([`${heading(y)} \\ ${heading(x)}`, ...columns], [...lines], ([at, rows]) => [
        at,
        ...columns.map((c) => {
          const row = rows.find((each) => column(each) === c);
          return row === undefined ? '–' : value(row);
        }),
      ]);
    }
  }
  const channels = new Map(
    Object.values(unit.channels).flatMap((channel) =>
      channel.field === undefined ? [] : [[channel.field, channel] as const],
    ),
  );
  const columns = [...channels.values()].filter((channel) =>
    unit.rows.every((row) => isCell(channelValue(row, channel) ?? null)),
  );
  const cells = columns.map((channel) => cellsOf(unit, channel));
  return tableOf(columns.map(heading), rowsAlong(unit, placeAndValue(unit)[0]), (row) =>
    cells.map((cell) => cell(row)),
  );
}

/** The rows of a mark: all columns of its data but those that Vega added, dates as dates. */
function rowsOfUnit(unit: Unit): readonly Row[] {
  const dates = new Map(
    Object.values(unit.channels).flatMap((channel) =>
      channel.temporal && channel.field !== undefined ? [[channel.field, channel] as const] : [],
    ),
  );
  const hidden = new Set(unit.hidden);
  return unit.rows.map((row) => {
    const kept: Record<string, unknown> = {};
    for (const name of Object.keys(row)) {
      if (hidden.has(name)) continue;
      const value = row[name];
      kept[name === '__count' ? 'count' : name] =
        (typeof value === 'number' || value instanceof Date) && (dates.has(name) || unit.dates.has(name))
          ? (dates.get(name)?.timeText?.(Number(value)) ?? new Date(value))
          : value;
    }
    return kept;
  });
}
