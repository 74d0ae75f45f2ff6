/** The data of a figure as a short table: series side by side where they share x, at most some forty lines. */
import { words } from '../words/index.ts';
import { dateText, written } from './numbers.ts';
import { columnsOf, isCell, type Row } from './rows.ts';
import { type Channel, seriesFields, shownBy, type Unit } from './units.ts';

/** A table as it will be shown. `note` says what was left out. */
export type FigureTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
};

const mostRows = 24;
const mostSeries = 8;

const shown = (value: unknown): string =>
  typeof value === 'number'
    ? written(value, 4)
    : value instanceof Date
      ? dateText(value)
      : value === null || value === undefined
        ? '–'
        : String(value);

/** What a channel shows of a row; of a bin or a box both ends. */
function cell(row: Row, channel: Channel): string {
  const start = shown(shownBy(row, channel));
  const end = channel.until ?? channel.upTo;
  return end === undefined || channel.temporal ? start : `${start}–${shown(row[end])}`;
}

/** `n` of the rows, evenly spread, with the first and the last. */
function thinned<T>(rows: readonly T[], n: number): readonly T[] {
  return rows.length <= n
    ? rows
    : Array.from({ length: n }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (n - 1))]!);
}

/** The table of some lines, of which only those that are shown are written. */
function finish<T>(
  columns: readonly string[],
  lines: readonly T[],
  write: (line: T) => readonly string[],
): FigureTable {
  const kept = thinned(lines, mostRows);
  const table = { columns, rows: kept.map(write) };
  return kept === lines ? table : { ...table, note: words.figure.thinned(kept.length, lines.length) };
}

/** A table of plain rows. */
export function tableOfRows(rows: readonly Row[]): FigureTable {
  const columns = columnsOf(rows);
  return finish(columns, rows, (row) => columns.map((column) => shown(row[column])));
}

/** A table of a plot: x down, series across if few share one; otherwise a line a row. */
export function tableOfUnit(unit: Unit): FigureTable {
  const { x, y, color } = unit.channels;
  const across = seriesFields(unit).filter((field) => field !== x?.field && field !== y?.field);
  if (x?.field !== undefined && y?.field !== undefined && across.length > 0 && unit.mark !== 'rect') {
    const keys = new Map(unit.rows.map((row) => [row, across.map((field) => shown(row[field])).join(', ')]));
    const names = [...new Set(keys.values())];
    const places =
      names.length <= mostSeries ? Map.groupBy(unit.rows, (row) => cell(row, x)) : new Map<string, Row[]>();
    const once = [...places.values()].every((rows) => new Set(rows.map((row) => keys.get(row))).size === rows.length);
    if (once && places.size > 1)
      return finish([x.title, ...names], [...places], ([place, rows]) => [
        place,
        ...names.map((name) => {
          const row = rows.find((each) => keys.get(each) === name);
          return row === undefined ? '–' : cell(row, y);
        }),
      ]);
  }
  if (unit.mark === 'rect' && x?.field !== undefined && y?.field !== undefined && color?.field !== undefined) {
    const columns = [...new Set(unit.rows.map((row) => cell(row, x)))];
    if (columns.length <= 12) {
      const lines = Map.groupBy(unit.rows, (row) => cell(row, y));
      return finish([`${y.title} \\ ${x.title}`, ...columns], [...lines], ([line, rows]) => [
        line,
        ...columns.map((c) => {
          const row = rows.find((each) => cell(each, x) === c);
          return row === undefined ? '–' : cell(row, color);
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
    unit.rows.every((row) => isCell(shownBy(row, channel) ?? null)),
  );
  return finish(
    columns.map(({ title }) => title),
    unit.rows,
    (row) => columns.map((channel) => cell(row, channel)),
  );
}

/** The rows of a plot for a CSV file: all that its data have, with dates as dates, without what only Vega needs (its marks on rows are symbols). */
export function rowsOfUnit(unit: Unit): readonly Row[] {
  const dates = new Set(
    Object.values(unit.channels).flatMap(({ field, temporal }) => (temporal && field !== undefined ? [field] : [])),
  );
  const hidden = new Set(unit.hidden);
  return unit.rows.map((row) => {
    const kept: Record<string, unknown> = {};
    for (const name of Object.keys(row)) {
      if (hidden.has(name)) continue;
      const value = row[name];
      kept[name === '__count' ? 'count' : name] =
        dates.has(name) && typeof value === 'number' ? new Date(value) : value;
    }
    return kept;
  });
}
