/** MDX that does not parse: the error names the file, the line and the column, as every other error of a post does. */
import type { Root } from 'mdast';
import type { Parser, Processor } from 'unified';
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { fail } from '../../math/index.ts';

/** Where MDX stopped. Where a tag is that is never closed it tells only in words: "… for `<b>` (8:1-8:10)". */
function placeOf({ line, column, reason }: VFileMessage): Point | undefined {
  const [, row, start] = /^Expected a closing tag .*?\((\d+):(\d+)-/.exec(reason) ?? [];
  if (row !== undefined) return { line: Number(row), column: Number(start) };
  return line === undefined || column === undefined ? undefined : { line, column };
}

/** In text, MDX takes the braces of `\eqref{eq:delta}` for an expression. */
function hint(file: VFile, { line, column }: Point): string {
  const before =
    String(file.value)
      .split('\n')
      [line - 1]?.slice(0, column - 1) ?? '';
  const [, name] = /\\((?:eq)?ref)\{[^{}]*$/.exec(before) ?? [];
  return name === undefined ? '' : `; write the reference as a formula, $\\${name}{…}$`;
}

/** Remark plugin: wraps the parser. Throws MDX's own message with its place before it, and with the reason it hides. */
export function remarkSyntax(this: Processor): void {
  const parse = this.parser as Parser<Root>;
  this.parser = (document, file) => {
    try {
      return parse(document, file);
    } catch (error) {
      if (!(error instanceof Error && 'reason' in error)) throw error;
      const message = error as VFileMessage;
      const cause = message.cause instanceof Error ? `: ${message.cause.message}` : '';
      const place = placeOf(message);
      return fail(file, place, message.reason + cause + (place ? hint(file, place) : ''));
    }
  };
}
