/** Converts an offset in a text or a formula to a line and column of the post. */
import type { Nodes } from 'mdast';
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import { positionAt } from '../lab/text-position.ts';

/** A formula as Markdown parses it: its TeX and its position in the file. */
export type Formula = { value: string; position?: Nodes['position'] | undefined };

/**
 * The location of `offset` in `formula.value`. The value lacks the line of the fence and the indentation of lists and
 * quotations, so each line is searched for in the source.
 */
export function locationInFormula(file: VFile, formula: Formula, offset: number): Point | undefined {
  const position = formula.position;
  if (position?.start.offset === undefined || position.end.offset === undefined) return position?.start;
  const source = String(file.value).slice(position.start.offset, position.end.offset).split('\n');
  const { line, column } = positionAt(formula.value, offset);
  const text = formula.value.split('\n')[line - 1] ?? '';
  const fenced = /^(?:\$\$+[^$]*|(?:`{3,}|~{3,})[^`]*|\\\[)$/.test(source[0]?.trimEnd() ?? '') && source.length > 1;
  const row = line - 1 + (fenced ? 1 : 0);
  const indent = source[row]?.indexOf(text) ?? -1;
  if (indent < 0) return position.start;
  const first = row === 0 ? position.start.column : 1;
  return { line: position.start.line + row, column: first + indent + column };
}

/** The location of an offset in a text that begins at `start`. */
export function locationInText(
  text: string,
  offset: number,
  start: Pick<Point, 'line' | 'column'>,
): Pick<Point, 'line' | 'column'> {
  const { line, column } = positionAt(text, offset);
  return { line: start.line + line - 1, column: column + (line === 1 ? start.column : 1) };
}
