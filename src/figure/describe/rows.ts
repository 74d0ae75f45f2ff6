/** Rows of data, and their CSV file. */
import { dateText } from './number-format.ts';

/** The value of a cell. */
export type Cell = string | number | boolean | null | Date;

/** A row: values by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Whether a value can be shown in a cell. */
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

/** Rows as CSV (RFC 4180); null is an empty cell, numbers have all digits. */
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
