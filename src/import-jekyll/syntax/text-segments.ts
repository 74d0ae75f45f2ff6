/**
 * Segments: the parts of a post that the Markdown parser must not read (maths, code, comments, raw HTML). Each is stored
 * in a list, and a token of private-use characters stands for it in the text until the Markdown around it is parsed.
 */
import type { PhrasingContent } from 'mdast';

/** A part that is set aside: its line, its text as written, and what it is. */
export type Segment = { readonly line: number; readonly source: string } & (
  | { readonly kind: 'maths'; readonly tex: string; readonly display: boolean }
  | { readonly kind: 'unset'; readonly tex: string; readonly display: boolean }
  | { readonly kind: 'citation'; readonly keys: readonly string[]; readonly locator?: string }
  | { readonly kind: 'footnote'; readonly name: string }
  | { readonly kind: 'size'; readonly width?: string; readonly height?: string }
  | { readonly kind: 'code'; readonly lang: string | null; readonly value: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'anchor'; readonly id: string }
  | { readonly kind: 'hyphens' }
  | { readonly kind: 'callout'; readonly name: string }
  | { readonly kind: 'node'; readonly node: PhrasingContent }
  | { readonly kind: 'text'; readonly text: string }
);

/** The segments of one post; a token is the index of its segment between two marks. */
export type Segments = Segment[];

const open = '\uE000';
const close = '\uE001';
const token = /\uE000(\d+)\uE001/g;

/** Adds a segment and returns its token. */
export const addSegment = (segments: Segments, segment: Segment): string =>
  `${open}${segments.push(segment) - 1}${close}`;

/** Removes the two characters that mark a token, so that no token comes from the post's own text, and those that no page can hold. */
export const withoutForbidden = (text: string): string =>
  text.replace(
    /[\uE000\uE001\uFFFD\u2060\uFEFF\u202d\u202e]|(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\p{Cs}]/gu,
    '',
  );

/** Splits a text at its tokens into strings and segments, in order. */
export function splitAtTokens(text: string, segments: Segments): (string | Segment)[] {
  return text
    .split(token)
    .map((part, i) => (i % 2 === 0 ? part : segments[Number(part)]!))
    .filter((part) => part !== '');
}

/** The segment of a text that is a single token, apart from white space around it. */
export function onlySegment(text: string, segments: Segments): Segment | undefined {
  const [part, ...others] = splitAtTokens(text.trim(), segments);
  return others.length === 0 && typeof part === 'object' ? part : undefined;
}

/** The text with every token replaced by its source, for places where Markdown is not parsed, such as code. */
export const restoreSource = (text: string, segments: Segments): string =>
  text.replace(token, (_, index: string) => restoreSource(segments[Number(index)]!.source, segments));
