/**
 * Scans a kramdown text from left to right and applies rules to whatever CommonMark and MDX would read differently: a rule
 * translates it, or sets it aside as a segment.
 *
 *     old post ──scan──▶ Markdown with tokens ──parse──▶ tree ──expand──▶ tree ──▶ MDX
 *                  └───▶ segments ────────────────────────┘
 */
import type { AddNote } from './import-notes.ts';
import { addSegment, type Segment, type Segments } from './text-segments.ts';

/** What rules know of the post and its site. */
export type Context = {
  readonly pieces: Segments;
  readonly note: AddNote;
  /** All rules, for those that scan Markdown inside their match. */
  readonly rules: readonly Rule[];
  /** Values of `{{ page.… }}` and `{{ site.… }}`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The new address of an old post, given as `2016-05-16-name`, with or without folder and extension. */
  readonly postAddress: (name: string) => string;
};

/** The place where a rule is tried. */
export type Position = {
  readonly source: string;
  readonly at: number;
  readonly line: number;
  /** The text of the line up to `at`. */
  readonly before: string;
  /** Inside `{% raw %}`, where Liquid is plain text. */
  readonly raw: boolean;
  /** Inside raw HTML, where kramdown does not read Markdown. */
  readonly html: boolean;
};

/**
 * The match of a rule: its length and the text put in its place. `verbatim` text has the line breaks of its source; `raw`
 * turns `Position.raw` on or off.
 */
export type RuleMatch = {
  readonly length: number;
  readonly put: string;
  readonly verbatim?: boolean;
  readonly raw?: boolean;
};

/** A rule is tried at each character in `first`; it returns undefined where it does not match. */
export type Rule = { readonly first: string; take(position: Position, context: Context): RuleMatch | undefined };

/** Matches a sticky expression at the position. */
export function matchAt({ source, at }: Position, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(source);
}

/** Whether `before` has only white space, quote marks and list marks. */
export const startsLine = (before: string): boolean => /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/.test(before);

/** Whether only white space follows on the line. */
export const endsLine = (source: string, end: number): boolean => /^[ \t]*(?:\n|$)/.test(source.slice(end, end + 200));

/** Takes a match of this length as one segment. */
export function takeSegment(
  context: Context,
  position: Position,
  length: number,
  segment: DistributiveOmit<Segment, 'line' | 'source'>,
): RuleMatch {
  const source = position.source.slice(position.at, position.at + length);
  return { length, put: addSegment(context.pieces, { ...segment, line: position.line, source }) };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Markdown with tokens, and the source line of each of its lines. */
export type Scanned = { readonly text: string; readonly lines: readonly number[] };

/** Applies the rules to a source, the first that matches at a place; `firstLine` is the line of its first character. */
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
    let taken: RuleMatch | undefined;
    for (const rule of rules) {
      if (rule.first.includes(first)) taken = rule.take(position, context);
      if (taken) break;
    }
    const { length, put, verbatim } = taken ?? { length: 1, put: first, verbatim: true };
    raw = taken?.raw ?? raw;
    text += put;
    // Verbatim text advances line by line; the lines of any other replacement all count as its first source line.
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
