/** Finds the labels and tags of each row of a display formula. */
import type { Command } from './tex.ts';

/** One row: its labels and its tags in the author's order. */
export type Row = { labels: Command[]; tags: Command[] };

const rowEnvironments = /^(?:align|alignat|gather|equation)\*?$/;

/** The rows of a display formula: one for each line of `align` and the like, one for any other formula. */
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

/** Whether the command begins or ends an environment whose lines KaTeX would number by CSS; we number by `\tag`. */
export function isAutoNumbered(command: Command): boolean {
  const environment = command.argument ?? '';
  const opens = command.name === 'begin' || command.name === 'end';
  return opens && rowEnvironments.test(environment) && !environment.endsWith('*');
}
