/** Scanning rule for kramdown's tables, which Markdown reads as text unless they look like its own. */
import type { Position, Rule } from './scan.ts';

/** A line that divides a table: `|---+---|`, `|===`. */
const isDivider = (line: string): boolean => /^[ \t:|+=-]+$/.test(line) && /[|+]/.test(line) && /[-=]/.test(line);

/** The cells of a row; bars in code and in formulas divide none. */
const cellsOf = (row: string): string[] =>
  row
    .replace(/(`+).*?\1|<(code|kbd|samp|var)\b.*?<\/\2>|\$\$.*?\$\$|\\\|/gi, '')
    .replace(/^[ \t]*\||\|[ \t]*$/g, '')
    .split('|');

/** The line below headings as Markdown needs it, with as many cells as these have. */
function headLine(divider: string, headings: string): string {
  const written = divider.replaceAll('+', '|').replaceAll('=', '-');
  const [cells, count] = [cellsOf(written), cellsOf(headings).length];
  if (cells.length === count) return written;
  return `|${Array.from({ length: count }, (_, i) => cells[i] ?? '---').join('|')}|`;
}

/** Lines up to an empty one or an attribute list, each without what stands `before` it. */
function block(lines: readonly string[], before: string): string[] {
  const end = lines.findIndex((line) => /^[ \t>]*(?:\{:.*)?$/.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).map((line) =>
    line.startsWith(before) ? line.slice(before.length) : line,
  );
}

/** So much of a text is looked at for the other lines of a table. */
const reach = 5000;

/** The lines of the block above a line, the nearest first. */
function linesAbove({ source, at, before }: Position): string[] {
  const start = at - before.length;
  return block(
    source
      .slice(Math.max(0, start - reach), start)
      .split('\n')
      .slice(0, -1)
      .reverse(),
    before,
  );
}

/**
 * Tables of kramdown have any number of dividing lines, and need no row of headings; those of Markdown have one, below the
 * headings. The first row gets empty headings if it is none, a line below headings is written with bars, all others go.
 */
const table: Rule = {
  first: '|-:=',
  take(position) {
    const { source, at, before } = position;
    if (!/^[ \t>]*$/.test(before)) return undefined;
    const below = block(source.slice(at, at + reach).split('\n'), before);
    const line = below[0] ?? '';
    if (isDivider(line)) {
      const above = linesAbove(position);
      const rows = above.filter((each) => !isDivider(each));
      if (!rows.every((row) => row.includes('|'))) return undefined;
      const isBelowHeadings = rows.length === 1 && !isDivider(above[0]!);
      if (isBelowHeadings) return { length: line.length, put: headLine(line, rows[0]!) };
      return { length: below.length > 1 ? line.length + 1 + before.length : line.length, put: '' };
    }
    const isTable = below.every((each) => each.startsWith('|')) && (below.length > 1 || /\|[ \t]*$/.test(line));
    if (!isTable || isDivider(below[1] ?? '') || !linesAbove(position).every(isDivider)) return undefined;
    const cells = cellsOf(line).length;
    return { length: 1, put: `|${' |'.repeat(cells)}\n${before}|${' - |'.repeat(cells)}\n${before}|` };
  },
};

export const tableRules: readonly Rule[] = [table];
