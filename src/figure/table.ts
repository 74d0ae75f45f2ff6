/** The data of a figure as a short table: series side by side where they share x, at most some forty lines. */
import { words } from '../words/index.ts';
import { written } from './numbers.ts';
import { columnsOf, isCell, type Row } from './rows.ts';
import { seriesFields, type Unit } from './units.ts';

/** A table as it will be shown. `note` says what was left out. */
export type FigureTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
};

const mostRows = 24;
const mostSeries = 8;

const shown = (value: unknown): string =>
  typeof value === 'number' ? written(value, 4) : value === null || value === undefined ? '–' : String(value);

/** `n` of the rows, evenly spread, with the first and the last. */
function thinned<T>(rows: readonly T[], n: number): readonly T[] {
  return rows.length <= n
    ? rows
    : Array.from({ length: n }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (n - 1))]!);
}

function finish(columns: readonly string[], rows: readonly (readonly string[])[]): FigureTable {
  const kept = thinned(rows, mostRows);
  return kept === rows
    ? { columns, rows }
    : { columns, rows: kept, note: words.figure.thinned(kept.length, rows.length) };
}

/** A table of plain rows. */
export function tableOfRows(rows: readonly Row[]): FigureTable {
  const columns = columnsOf(rows);
  return finish(
    columns,
    rows.map((row) => columns.map((column) => shown(row[column]))),
  );
}

/** A table of a plot: x down, series across if few share one; otherwise a line a row. */
export function tableOfUnit(unit: Unit): FigureTable {
  const { x, y, color } = unit.channels;
  const across = seriesFields(unit).filter((field) => field !== x?.field && field !== y?.field);
  if (x?.field !== undefined && y?.field !== undefined && across.length > 0 && unit.mark !== 'rect') {
    const key = (row: Row): string => across.map((field) => shown(row[field])).join(', ');
    const names = [...new Set(unit.rows.map(key))];
    const places = Map.groupBy(unit.rows, (row) => row[x.field!]);
    const once = [...places.values()].every((rows) => new Set(rows.map(key)).size === rows.length);
    if (once && names.length <= mostSeries && places.size > 1)
      return finish(
        [x.title, ...names],
        [...places].map(([place, rows]) => [
          shown(place),
          ...names.map((name) => shown(rows.find((row) => key(row) === name)?.[y.field!])),
        ]),
      );
  }
  if (unit.mark === 'rect' && x?.field !== undefined && y?.field !== undefined && color?.field !== undefined) {
    const columns = [...new Set(unit.rows.map((row) => row[x.field!]))];
    if (columns.length <= 12) {
      const lines = Map.groupBy(unit.rows, (row) => row[y.field!]);
      return finish(
        [`${y.title} \\ ${x.title}`, ...columns.map(shown)],
        [...lines].map(([line, rows]) => [
          shown(line),
          ...columns.map((c) => shown(rows.find((row) => row[x.field!] === c)?.[color.field!])),
        ]),
      );
    }
  }
  const channels = Object.values(unit.channels).filter((channel) => channel.field !== undefined);
  const named = new Map(channels.map((channel) => [channel.field!, channel.title]));
  const fields = [...named.keys()].filter((field) => unit.rows.every((row) => isCell(row[field] ?? null)));
  return finish(
    fields.map((field) => named.get(field)!),
    unit.rows.map((row) => fields.map((field) => shown(row[field]))),
  );
}
