/**
 * Scans a kramdown text from left to right and applies rules to whatever CommonMark and MDX would read differently: a rule
 * translates it, or sets it aside as a segment.
 *
 *     old post ──scan──▶ Markdown with tokens ──parse──▶ tree ──expand──▶ tree ──▶ MDX
 *                  └───▶ segments ────────────────────────┘
 */
import type { Fill } from '../blog/liquid-engine.ts';
import type { AddNote } from '../import-notes.ts';
import type { Macro } from '../tex/macros.ts';
import { addSegment, type Segment, type Segments } from './text-segments.ts';

/** What rules know of the post and its site, and what they find in it besides text. */
export type Context = {
  readonly pieces: Segments;
  readonly note: AddNote;
  /** All rules for Markdown, and those for raw HTML, for rules that scan what is inside their match. */
  readonly rules: readonly Rule[];
  readonly htmlRules: readonly Rule[];
  /** Fills in Liquid. */
  readonly fill: Fill;
  /** Whether single dollars are delimiters of formulas; undefined if the blog does not say. */
  readonly singleDollars: boolean | undefined;
  /** Whether Markdown in blocks of HTML is read, as `parse_block_html` of kramdown says. */
  readonly parsesBlocks: boolean;
  /** The new address of an old post, empty if there is none; it is given as `2016-05-16-name`, with or without folder and extension. */
  readonly postAddress: (name: string, line: number) => string;
  /** The macros that the post defines, and the line of each. */
  readonly macros: Map<string, Macro & { readonly line: number }>;
  /** The texts of footnotes that stand as elements in the sentence, in their order. */
  readonly footnotes: string[];
  /** The words that the post explains, and what they stand for. */
  readonly abbreviations: Map<string, string>;
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
export function matchAt({ source, at }: Pick<Position, 'source' | 'at'>, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(source);
}

const searches = new Map<string, { from: number; found: number }>();
let searched = '';

/** Where a mark stands from a place on, −1 if nowhere. Marks that many places look for are searched once. */
export function indexFrom(source: string, mark: string, from: number): number {
  if (searched !== source) searches.clear();
  searched = source;
  const known = searches.get(mark);
  if (known && from >= known.from && (known.found < 0 || from <= known.found)) return known.found;
  const found = source.indexOf(mark, from);
  searches.set(mark, { from, found });
  return found;
}

/** Whether `before` has only white space, quote marks, and marks of lists, footnotes and definitions. */
export const startsLine = (before: string): boolean =>
  /^(?:(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t]+)*| {0,3}\[\^[^\]\s]+\]:[ \t]+| {0,3}:[ \t]+)$/.test(before);

/** What the next line has to begin with to stand in the same list or quotation as one with `before`. */
export const nextLine = (before: string): string => before.replace(/[^> \t]/g, ' ');

/** The lines of a source that begins after `before`, each without what puts it into the same list or quotation. */
export function withoutPrefix(source: string, before: string): string {
  if (before === '' || !startsLine(before)) return source;
  const marks = before.match(/[ \t]*>[ ]?|[^>]+/g) ?? [];
  const patterns = marks.map((mark) =>
    // A footnote goes on four columns from the margin, however long its name is.
    mark.includes('>') ? /^[ \t]*>[ ]?/ : new RegExp(`^[ \\t]{0,${/\[\^/.test(mark) ? 4 : mark.length}}`),
  );
  const [first, ...others] = source.split('\n');
  return [first, ...others.map((line) => patterns.reduce((rest, pattern) => rest.replace(pattern, ''), line))].join(
    '\n',
  );
}

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

/** Scans a text that a rule has made; it counts as the line of the rule's match. */
export const scanAgain = (text: string, { line, html, before }: Position, context: Context): string =>
  scan(text, html ? context.htmlRules : context.rules, context, { firstLine: line, html, fixedLine: true, before })
    .text;

/** Raw HTML that a rule has made: in Markdown a token, which becomes a block. */
export function htmlToken(html: string, source: string, position: Position, context: Context): string {
  const { text } = scan(html, context.htmlRules, context, { firstLine: position.line, html: true, fixedLine: true });
  return position.html ? text : addSegment(context.pieces, { kind: 'html', html: text, line: position.line, source });
}

/** HTML within a line of Markdown: the marks of Markdown in it are text. */
export const htmlInLine = (html: string): string =>
  html.replace(/<[^<>]*>|[\\*_`[\]~]/g, (found) => (found.startsWith('<') ? found : `\\${found}`));

/** Markdown with tokens, and the source line of each of its lines. */
export type Scanned = { readonly text: string; readonly lines: readonly number[] };

/**
 * Applies the rules to a source, the first that matches at a place; `firstLine` is the line of its first character, and of
 * all others if `fixedLine`; `before` stands on that line before it.
 */
export function scan(
  source: string,
  rules: readonly Rule[],
  context: Context,
  { firstLine = 1, html = false, fixedLine = false, before = '' } = {},
): Scanned {
  const byFirst = new Map<string, Rule[]>();
  for (const rule of rules) for (const each of rule.first) byFirst.set(each, [...(byFirst.get(each) ?? []), rule]);
  const lines = [firstLine];
  const parts: string[] = [];
  let line = firstLine;
  let lineStart = 0;
  let raw = false;
  let at = 0;
  let plain = 0;
  const advance = (from: number, to: number) => {
    for (let i = source.indexOf('\n', from); i >= 0 && i < to; i = source.indexOf('\n', i + 1)) {
      if (!fixedLine) line += 1;
      lineStart = i + 1;
    }
  };
  const put = (text: string, verbatim: boolean) => {
    parts.push(text);
    // Verbatim text advances line by line; the lines of any other replacement all count as its first source line.
    let putLine = line;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1))
      lines.push(verbatim && !fixedLine ? ++putLine : line);
  };
  const flush = () => {
    if (plain === at) return;
    put(source.slice(plain, at), true);
    advance(plain, at);
  };
  while (at < source.length) {
    const candidates = byFirst.get(source[at]!);
    if (candidates === undefined) {
      at += 1;
      continue;
    }
    flush();
    plain = at;
    const written = source.slice(lineStart, at);
    const position = { source, at, line, before: lineStart === 0 ? before + written : written, raw, html };
    let taken: RuleMatch | undefined;
    for (const rule of candidates) {
      taken = rule.take(position, context);
      if (taken) break;
    }
    if (!taken) {
      at += 1;
      continue;
    }
    raw = taken.raw ?? raw;
    put(taken.put, taken.verbatim ?? false);
    advance(at, at + taken.length);
    at += taken.length;
    plain = at;
  }
  flush();
  return { text: parts.join(''), lines };
}
