/** Reports table rows that lose cells: rows longer than the header, and a `|` within a formula, which ends the cell; and what looks like a table. */
import type { Root, TableCell } from 'mdast';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

/** The cells of a row, of which an escaped `|` ends none. */
const cellsOf = (row: string): string[] =>
  row
    .replace(/^[\s>]+/, '')
    .trimEnd()
    .replace(/\\./g, '')
    .replace(/^\||\|$/g, '')
    .split('|');

/** Whether a cell is one below the header of a table. */
const isDashes = (cell: string): boolean => /^:?-+:?$/.test(cell.trim());

/** Reports a table that is none, since the line below its header has another number of cells. */
function reportNoTables(tree: Root, file: VFile, source: string): void {
  for (const { position } of nodesOf(tree, 'paragraph')) {
    const lines = source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0).split('\n');
    for (const [i, line] of lines.entries()) {
      const header = lines[i - 1];
      if (!header?.includes('|') || !line.includes('|') || !cellsOf(line).every(isDashes)) continue;
      const [columns, found] = [cellsOf(header).length, cellsOf(line).length];
      if (columns !== found)
        report(
          file,
          position && { line: position.start.line + i, column: 1 },
          `this is no table: its header has ${columns} cells, this line ${found}; write |${'---|'.repeat(columns)}`,
        );
    }
  }
}

/** Remark plugin. */
export function remarkTableCells() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    /** Whether the cell has an odd number of dollars, since a `|` has cut a formula in two. */
    const isCut = ({ position }: TableCell): boolean => {
      const written = source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
      return (written.replace(/`[^`]*`|\\./g, '').match(/\$/g)?.length ?? 0) % 2 === 1;
    };
    reportNoTables(tree, file, source);
    for (const table of nodesOf(tree, 'table')) {
      const [header, ...rows] = table.children;
      const columns = header?.children.length ?? 0;
      for (const row of [header, ...rows]) {
        const cells = row?.children ?? [];
        const [first, second] = cells.filter(isCut);
        if (first && second) {
          const problem = 'a | within a formula ends the cell';
          report(file, first.position?.start, `${problem}; write \\lvert x \\rvert, or \\| for one bar`);
        } else if (cells.length > columns) {
          const problem = `this row has ${cells.length} cells, its header ${columns}; the cells from here on would be lost`;
          report(
            file,
            cells[columns]!.position?.start,
            `${problem}: add columns to the header, or write \\| for a bar`,
          );
        }
      }
    }
  };
}
