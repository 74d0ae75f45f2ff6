/** Reports table rows that lose cells: rows longer than the header, and a `|` within a formula, which ends the cell. */
import type { Root, TableCell } from 'mdast';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

/** Remark plugin. */
export function remarkTableCells() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    /** Whether the cell has an odd number of dollars, since a `|` has cut a formula in two. */
    const isCut = ({ position }: TableCell): boolean => {
      const written = source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
      return (written.replace(/`[^`]*`|\\./g, '').match(/\$/g)?.length ?? 0) % 2 === 1;
    };
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
