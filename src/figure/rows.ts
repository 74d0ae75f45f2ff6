/** Rows of data: what a specification draws, a table lists and a CSV file holds. */
import { dateText } from './numbers.ts';

/** What a cell may hold. */
export type Cell = string | number | boolean | null | Date;

/** One row by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Whether a value can stand in a cell. */
export const isCell = (value: unknown): value is Cell =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  value instanceof Date;

/** The columns of some rows in order of first appearance; columns that hold lists or objects are left out. */
export function columnsOf(rows: readonly Row[]): string[] {
  const columns = new Map<string, boolean>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) columns.set(name, (columns.get(name) ?? true) && isCell(value));
  return [...columns].filter(([, flat]) => flat).map(([name]) => name);
}

/** RFC 4180 text of some rows; empty cells for null, numbers in full. */
export function toCsv(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const quote = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : value instanceof Date ? dateText(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => `${line.map(quote).join(',')}\r\n`)
    .join('');
}
