/** The line and column of an offset in a text. */

/** The line (from 1) and column (from 0) of an offset in `text`. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length };
}
