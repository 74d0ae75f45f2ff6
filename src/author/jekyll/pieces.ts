/**
 * What Markdown must not touch (maths, code, comments, raw HTML) leaves the text as a piece and stands in it as a token,
 * one run of private-use characters, until the Markdown around it is a tree.
 */
import type { PhrasingContent } from 'mdast';

export type Piece = { readonly line: number; readonly source: string } & (
  | { readonly kind: 'maths'; readonly tex: string; readonly display: boolean }
  | { readonly kind: 'code'; readonly lang: string | null; readonly value: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'anchor'; readonly id: string }
  | { readonly kind: 'node'; readonly node: PhrasingContent }
  | { readonly kind: 'text'; readonly text: string }
);

/** The pieces of one post; a token is the index of its piece between two marks. */
export type Pieces = Piece[];

const open = '\uE000';
const close = '\uE001';
const token = /\uE000(\d+)\uE001/g;

/** Adds a piece and returns the token that stands for it. */
export const hold = (pieces: Pieces, piece: Piece): string => `${open}${pieces.push(piece) - 1}${close}`;

/** The text without the two characters that mark a token, so that no old post can forge one. */
export const withoutMarks = (text: string): string => text.replace(/[\uE000\uE001]/g, '\uFFFD');

/** Splits a text at its tokens into strings and pieces, in order. */
export function parts(text: string, pieces: Pieces): (string | Piece)[] {
  return text
    .split(token)
    .map((part, i) => (i % 2 === 0 ? part : pieces[Number(part)]!))
    .filter((part) => part !== '');
}

/** The one piece that a text consists of, if it is just one token among white space. */
export function onlyPiece(text: string, pieces: Pieces): Piece | undefined {
  const [part, ...others] = parts(text.trim(), pieces);
  return others.length === 0 && typeof part === 'object' ? part : undefined;
}

/** The text with every token replaced by what its author typed: for places where Markdown is not read, such as code. */
export const asTyped = (text: string, pieces: Pieces): string =>
  text.replace(token, (_, index: string) => asTyped(pieces[Number(index)]!.source, pieces));
