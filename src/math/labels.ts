/** Which labels and tags each row of a display formula carries. */
import type { Command } from './tex.ts';

/** One numbered line: its labels and its hand-written tags, in order. */
export type Row = { labels: Command[]; tags: Command[] };

const rowEnvironments = /^(?:align|alignat|gather|equation)\*?$/;

/**
 * The rows of a display formula: one for each line of `align`, `alignat`, `gather` and `equation`, one for anything
 * else, since only those environments number their lines apart.
 */
export function rowsOf(found: readonly Command[]): Row[] {
  const rows: Row[] = [{ labels: [], tags: [] }];
  const open: string[] = [];
  for (const command of found) {
    if (command.name === 'begin') open.push(command.argument ?? '');
    else if (command.name === 'end') open.pop();
    else if (command.name === 'label') rows.at(-1)!.labels.push(command);
    else if (command.name === 'tag' || command.name === 'tag*') rows.at(-1)!.tags.push(command);
    else if (command.name === '\\' && open.length === 1 && rowEnvironments.test(open[0]!)) {
      rows.push({ labels: [], tags: [] });
    }
  }
  return rows;
}

/** KaTeX numbers the lines of `align` by a counter in CSS; `align*` leaves the numbers to our tags. */
export function unstarred(command: Command): boolean {
  const environment = command.argument ?? '';
  const opens = command.name === 'begin' || command.name === 'end';
  return opens && rowEnvironments.test(environment) && !environment.endsWith('*');
}
