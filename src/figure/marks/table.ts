/**
 * Tables: an HTML table on pages, a drawing in files.
 *
 * ```ts
 * table({ layout, data: rows,                      // { rule, loss, runs }
 *   columns: [{ field: 'rule', title: 'Rule' }, { field: 'loss', title: 'Final loss', decimals: 3 }] })
 * ```
 */
import { helperInput, inputCheck, option } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import { dateText, formatNumber, groupDigits } from '../describe/number-format.ts';
import type { Row } from '../describe/rows.ts';
import { colour } from '../palette.ts';
import { textWidth } from '../text/metrics.ts';
import { wrapLines } from '../text/wrap.ts';
import type { Field, HelperInput } from './axis.ts';

/**
 * A column of a table: the `field` of the data that it shows, below its `title`. Numbers have `decimals` decimals;
 * omitted: four significant digits.
 */
export type TableColumn<R extends Row = Row> = {
  readonly field: Field<R>;
  readonly title: string;
  readonly decimals?: number;
};

/** What `table` takes: `columns` from left to right, and data, a row each from the top down. */
export type Table<R extends Row = Row> = HelperInput<R> & { readonly columns: readonly TableColumn<NoInfer<R>>[] };

/** A table as text. Numeric columns are aligned right. */
export type TextTable = {
  readonly columns: readonly {
    /** The heading. */
    readonly title: string;
    /** Whether the values of the column are numbers, apart from missing ones. */
    readonly isNumeric: boolean;
  }[];
  /** The texts of the cells from left to right; `–` for a missing value. */
  readonly rows: readonly (readonly string[])[];
};

const lineHeight = 16;
const gap = 18;
const minimalTextWidth = 60;

function cellText(value: unknown, field: string, decimals: number | undefined): string {
  if (value === null || value === undefined) return '–';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`a row has ${value} in “${field}”: write null for no value`);
    if (decimals === undefined) return formatNumber(value, 4);
    const digits = groupDigits(Math.abs(value).toFixed(decimals));
    return Number(value.toFixed(decimals)) < 0 ? `−${digits}` : digits;
  }
  if (typeof value === 'object') throw new RangeError(`“${field}” holds lists or objects, which no cell shows`);
  return String(value);
}

/** Column widths in a drawing, at most `maxWidth` pixels together: the width of the text, or less where it can be wrapped. */
function columnWidths({ columns, rows }: TextTable, maxWidth: number): number[] {
  const widest = columns.map(({ title }, i) =>
    Math.max(textWidth(title, 12, 600), ...rows.map((row) => textWidth(row[i]!, 12))),
  );
  const least = columns.map(({ title, isNumeric }, i) => {
    const word = Math.max(...title.split(' ').map((part) => textWidth(part, 12, 600)));
    return isNumeric
      ? Math.max(word, ...rows.map((row) => textWidth(row[i]!, 12)))
      : Math.min(widest[i]!, minimalTextWidth);
  });
  const sum = (widths: readonly number[]): number => widths.reduce((a, b) => a + b, gap * (widths.length - 1));
  const fraction = Math.max(0, Math.min(1, (maxWidth - sum(least)) / Math.max(1, sum(widest) - sum(least))));
  return widest.map((width, i) => Math.ceil(least[i]! + fraction * (width - least[i]!)));
}

const check = inputCheck<Table>('table', {
  ...helperInput,
  columns: option.listOf(option.object({ field: option.text, title: option.text, decimals: option.number.optional() })),
});

/** A table as a specification. Throws a `RangeError` without columns or rows, and for values that no cell can show. */
export function table<R extends Row>(input: Table<R>): FigureSpec {
  check(input);
  const { layout, data, columns } = input;
  if (columns.length === 0 || data.length === 0)
    throw new RangeError(`a table of ${columns.length} columns and ${data.length} rows shows nothing`);
  const sheet: TextTable = {
    columns: columns.map(({ field, title }) => {
      const values = data.map((row) => row[field]).filter((value) => value !== null && value !== undefined);
      return { title, isNumeric: values.length > 0 && values.every((value) => typeof value === 'number') };
    }),
    rows: data.map((row) => columns.map(({ field, decimals }) => cellText(row[field], field, decimals))),
  };
  const widths = columnWidths(sheet, layout.width - 10);
  const left = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + gap, 0));
  const width = left.at(-1)! + widths.at(-1)!;
  const cells: { x: number; y: number; text: string; head: boolean; right: boolean }[] = [];
  const rules: { y: number }[] = [];
  let y = 0;
  [sheet.columns.map(({ title }) => title), ...sheet.rows].forEach((row, r) => {
    const lines = row.map((text, i) => [wrapLines(text, widths[i]! + 1, 12, r === 0 ? 600 : 400)].flat());
    if (r > 0) rules.push({ y });
    lines.forEach((text, i) => {
      const { isNumeric: right } = sheet.columns[i]!;
      cells.push({ x: left[i]! + (right ? widths[i]! : 0), y: y + 5, text: text.join('\n'), head: r === 0, right });
    });
    y += Math.max(...lines.map(({ length }) => length)) * lineHeight + 8;
  });
  const position = (field: 'x' | 'y') => ({ field, type: 'quantitative', scale: null, axis: null });
  const texts = [true, false].flatMap((head) =>
    [true, false].map((right) => ({
      data: { values: cells.filter((cell) => cell.head === head && cell.right === right) },
      mark: {
        type: 'text',
        align: right ? 'right' : 'left',
        baseline: 'top',
        lineBreak: '\n',
        lineHeight,
        fontSize: 12,
        fontWeight: head ? 600 : 400,
        color: colour('ink'),
        tooltip: null,
      },
      encoding: { x: position('x'), y: position('y'), text: { field: 'text', type: 'nominal' } },
    })),
  );
  const lines = {
    data: { values: rules },
    mark: { type: 'rule', color: colour('ink-soft'), strokeWidth: 0.8, tooltip: null },
    encoding: { x: { value: 0 }, x2: { value: width }, y: position('y') },
  };
  const rows = data.map((row) => Object.fromEntries(columns.map(({ field }) => [field, row[field]])));
  return {
    layer: [lines, ...texts.filter(({ data: { values } }) => values.length > 0)],
    width,
    height: y,
    view: { stroke: null },
    description: `${columns.map(({ title }) => title).join(', ')}.`,
    usermeta: { table: rows, sheet },
  } as FigureSpec;
}
