/**
 * Parses CSV (RFC 4180): a header line, then rows of as many cells. A column of numbers only is numeric, unless one of them
 * would be read as another: with leading zeros, more digits than a number holds, or beyond its range.
 */
import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { isExact } from './exact-number.ts';
import { normalizeLineEndings } from './line-endings.ts';

/** A table by column, with the columns in the file's order. */
export type CsvTable = {
  readonly columns: readonly string[];
  /** The lines below the header, by name of column: numbers in a numeric column, else texts. */
  readonly rows: readonly Readonly<Record<string, number | string>>[];
};

/** The cells of a row, and the line that it starts on. */
type Line = { readonly number: number; readonly cells: readonly string[] };

/** An error of csv-parse as a message that starts with the line. */
function problem(error: CsvError): SyntaxError {
  const { code, lines } = error as CsvError & { readonly lines?: number };
  const at = (line: unknown, what: string) => new SyntaxError(`line ${line}: ${what}`, { cause: error });
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return at(/at line (\d+)/.exec(error.message)?.[1] ?? lines, 'a quoted cell is never closed');
  }
  if (code === 'CSV_INVALID_CLOSING_QUOTE') {
    return at(lines, `${JSON.stringify(/^[^:]*: got "(.)"/su.exec(error.message)?.[1] ?? '?')} after a closing quote`);
  }
  if (code === 'INVALID_OPENING_QUOTE') return at(lines, 'a quote inside an unquoted cell');
  return at(lines ?? 1, error.message);
}

function linesOf(text: string): Line[] {
  let rows: readonly { readonly info: InfoRecord; readonly record: string[] }[];
  try {
    // `info` adds the line where each row ends; the types of csv-parse lack it.
    rows = parse(normalizeLineEndings(text), {
      bom: true,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\n', '\r'],
    }) as unknown as typeof rows;
  } catch (error) {
    throw error instanceof CsvError ? problem(error) : error;
  }
  return rows.map(({ record }, i) => ({ number: i === 0 ? 1 : rows[i - 1]!.info.lines + 1, cells: record }));
}

const isNumber = (cell: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell) && !/^[+-]?0\d/.test(cell) && isExact(cell);

/** The first name that is empty or repeated. */
function flawIn(names: readonly string[]): string | undefined {
  const seen = new Set(['']);
  return names.find((name) => seen.size === seen.add(name).size);
}

/** Reads a table. Throws SyntaxError with the line at an uneven row, a bad quote, a missing or repeated column. */
export function parseCsv(text: string): CsvTable {
  const [header, ...lines] = linesOf(text);
  if (header === undefined) throw new SyntaxError('line 1: no header');
  const columns = header.cells;
  const flaw = flawIn(columns);
  if (flaw !== undefined) throw new SyntaxError(`line 1: column ${JSON.stringify(flaw)} is empty or doubled`);
  const [separator] = columns.length === 1 ? (/[;\t]/.exec(columns[0]!) ?? []) : [];
  if (separator !== undefined && lines.every(({ cells }) => cells.join(',').includes(separator)))
    throw new SyntaxError(
      `line 1: ${JSON.stringify(separator)} between the columns; write commas, and points in decimal numbers`,
    );
  for (const { number, cells } of lines) {
    if (cells.length !== columns.length) {
      throw new SyntaxError(`line ${number}: ${cells.length} cells where the header has ${columns.length}`);
    }
  }
  const numeric = columns.map((_, j) => lines.every(({ cells }) => isNumber(cells[j]!)));
  const rows = lines.map(({ cells }) =>
    Object.fromEntries(columns.map((name, j) => [name, numeric[j] ? Number(cells[j]) : cells[j]!])),
  );
  return { columns, rows };
}
