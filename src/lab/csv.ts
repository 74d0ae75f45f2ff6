/** CSV (RFC 4180): a header line, then rows of as many cells; a column of numbers only is a column of numbers. */

/** A table by column, with the columns in the file's order. */
export type CsvTable = {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, number | string>>[];
};

type Line = { number: number; cells: string[] };

/** Splits into cells; a quoted cell may hold commas, line breaks and doubled quotes. */
function cellsOf(text: string): Line[] {
  const lines: Line[] = [];
  let line: Line = { number: 1, cells: [] };
  let number = 1;
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const opened = number;
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new SyntaxError(`line ${opened}: a quoted cell is never closed`);
        if (text[at] === '"') at++;
        if (text[at] === '\n') number++;
        cell += text[at];
      }
      at++;
      if (at < text.length && !',\r\n'.includes(text[at]!)) {
        throw new SyntaxError(`line ${number}: ${JSON.stringify(text[at])} after a closing quote`);
      }
    } else {
      const end = /[,\r\n]/.exec(text.slice(at))?.index ?? text.length - at;
      cell = text.slice(at, at + end);
      if (cell.includes('"')) throw new SyntaxError(`line ${number}: a quote inside an unquoted cell`);
      at += end;
    }
    line.cells.push(cell);
    if (text[at] === ',') {
      at++;
      if (at < text.length) continue;
      line.cells.push('');
    }
    if (text[at] === '\r') at++;
    at++;
    lines.push(line);
    line = { number: ++number, cells: [] };
  }
  return lines;
}

const isNumber = (cell: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell);

/** Reads a table. Throws with the line at an uneven row, an open quote, a missing or a doubled header. */
export function parseCsv(text: string): CsvTable {
  const [header, ...lines] = cellsOf(text.replace(/^\uFEFF/, ''));
  if (header === undefined) throw new SyntaxError('line 1: no header');
  const columns = header.cells;
  const doubled = columns.find((name, i) => name === '' || columns.indexOf(name) !== i);
  if (doubled !== undefined) throw new SyntaxError(`line 1: column ${JSON.stringify(doubled)} is empty or doubled`);
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
