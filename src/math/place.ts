/** From an offset in a text or a formula to its line and column in the post. */
import type { Nodes } from 'mdast';
import type { Point } from 'unist';
import type { VFile } from 'vfile';

/** A piece of mathematics as Markdown delivers it: its TeX, and where in the file it stands. */
export type Formula = { value: string; position?: Nodes['position'] | undefined };

/**
 * The place of `offset` within `formula.value`. A fence takes a line of its own, and lines inside lists and quotes are
 * indented by what the value no longer has, so that each line is looked for in the source.
 */
export function placeIn(file: VFile, formula: Formula, offset: number): Point | undefined {
  const position = formula.position;
  if (position?.start.offset === undefined || position.end.offset === undefined) return position?.start;
  const source = String(file.value).slice(position.start.offset, position.end.offset).split('\n');
  const before = formula.value.slice(0, offset).split('\n');
  const text = formula.value.split('\n')[before.length - 1] ?? '';
  const fenced = /^(?:\$\$+[^$]*|(?:`{3,}|~{3,})[^`]*|\\\[)$/.test(source[0]?.trimEnd() ?? '') && source.length > 1;
  const row = before.length - 1 + (fenced ? 1 : 0);
  const indent = source[row]?.indexOf(text) ?? -1;
  if (indent < 0) return position.start;
  const first = row === 0 ? position.start.column : 1;
  return { line: position.start.line + row, column: first + indent + before.at(-1)!.length };
}

/** The place of an offset in a text that starts at `start`. */
export function placeInText(
  text: string,
  offset: number,
  start: Pick<Point, 'line' | 'column'>,
): Pick<Point, 'line' | 'column'> {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length + (before.length === 1 ? start.column : 1);
  return { line: start.line + before.length - 1, column };
}
