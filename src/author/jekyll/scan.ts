/**
 * Reads kramdown from left to right and takes out, by a table of rules, what CommonMark and MDX would read otherwise.
 *
 *     old post ──scan──▶ Markdown with tokens ──parse──▶ tree ──expand──▶ tree ──▶ MDX
 *                  └───▶ pieces ──────────────────────────┘
 */
import type { Notes } from './notes.ts';
import { hold, type Piece, type Pieces } from './pieces.ts';

/** What is known of the post while it is read. */
export type Context = {
  readonly pieces: Pieces;
  readonly note: Notes;
  /** The rules for Markdown, for rules that hold Markdown themselves. */
  readonly rules: readonly Rule[];
  /** Values of `{{ page.… }}` and `{{ site.… }}`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The address in the new site of an old post, `2016-05-16-name` or with its folder and extension. */
  readonly postAddress: (name: string) => string;
};

/** Where a rule is asked: a position of a source, with the text on its line up to there. */
export type Position = {
  readonly source: string;
  readonly at: number;
  readonly line: number;
  /** The line up to here. */
  readonly before: string;
  /** Inside `{% raw %}`, where Liquid is text. */
  readonly raw: boolean;
  /** Inside raw HTML, where kramdown reads no Markdown. */
  readonly html: boolean;
};

/** What a rule answers: how far it read and what stands there now; `verbatim` text keeps its line breaks. */
export type Taken = {
  readonly length: number;
  readonly put: string;
  readonly verbatim?: boolean;
  readonly raw?: boolean;
};

/** A rule sees each place where one of its characters stands and takes it, or leaves it by answering nothing. */
export type Rule = { readonly first: string; take(position: Position, context: Context): Taken | undefined };

/** Matches a sticky expression at the position. */
export function matchAt({ source, at }: Position, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(source);
}

/** Only a quote mark, a list mark or white space stands before it on its line. */
export const startsLine = (before: string): boolean => /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/.test(before);

/** Only white space follows on its line. */
export const endsLine = (source: string, end: number): boolean => /^[ \t]*(?:\n|$)/.test(source.slice(end, end + 200));

/** Takes a match as one piece. */
export function takePiece(
  context: Context,
  position: Position,
  length: number,
  piece: DistributiveOmit<Piece, 'line' | 'source'>,
): Taken {
  const source = position.source.slice(position.at, position.at + length);
  return { length, put: hold(context.pieces, { ...piece, line: position.line, source }) };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The Markdown with tokens, and for each of its lines the line of the source that it comes from. */
export type Scanned = { readonly text: string; readonly lines: readonly number[] };

/** Reads a source by the rules, the first that takes a place winning; `firstLine` is the line of its first character. */
export function scan(
  source: string,
  rules: readonly Rule[],
  context: Context,
  { firstLine = 1, html = false }: { firstLine?: number; html?: boolean } = {},
): Scanned {
  const lines = [firstLine];
  let text = '';
  let line = firstLine;
  let lineStart = 0;
  let raw = false;
  let at = 0;
  while (at < source.length) {
    const first = source[at]!;
    const position = { source, at, line, before: source.slice(lineStart, at), raw, html };
    let taken: Taken | undefined;
    for (const rule of rules) {
      if (rule.first.includes(first)) taken = rule.take(position, context);
      if (taken) break;
    }
    const { length, put, verbatim } = taken ?? { length: 1, put: first, verbatim: true };
    raw = taken?.raw ?? raw;
    text += put;
    // A verbatim text advances line by line; lines that a replacement adds all come from its first.
    let putLine = line;
    for (const character of put) if (character === '\n') lines.push(verbatim ? ++putLine : line);
    const end = at + length;
    for (let i = at; i < end; i++) {
      if (source[i] !== '\n') continue;
      line += 1;
      lineStart = i + 1;
    }
    at = end;
  }
  return { text, lines };
}
