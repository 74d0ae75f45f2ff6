/** Wraps titles into lines, also in scripts without spaces between words. */
import { clusters } from '../text/shape.ts';

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** Scripts without spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Characters that may not start a line: closing and trailing punctuation, small kana, length and repetition marks. */
const notFirst = /^[\p{Pe}\p{Pf}\p{Po}\p{M}\p{Lm}ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ]/u;
/** Characters that may not end a line: opening punctuation. */
const notLast = /[\p{Ps}\p{Pi}]$/u;

/** The unbreakable parts of a text; `space` says whether a space precedes a part. */
function unbreakableParts(text: string): { part: string; space: boolean }[] {
  const parts: { part: string; space: boolean }[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const pieces = unspaced.test(word) ? Array.from(words.segment(word), ({ segment }) => segment) : [word];
    for (const [i, piece] of pieces.entries()) {
      const last = parts.at(-1);
      if (i > 0 && last && (notFirst.test(piece) || notLast.test(last.part))) last.part += piece;
      else parts.push({ part: piece, space: i === 0 && parts.length > 0 });
    }
  }
  return parts;
}

/** Wraps a text into lines that `fits` accepts. A word that is too wide has a line of its own. */
export function wrapTitle(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const { part, space } of unbreakableParts(text)) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}${space ? ' ' : ''}${part}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** The same, but breaks words that are too wide. */
export function wrapTitleForced(text: string, fits: (line: string) => boolean): string[] {
  return wrapTitle(text, fits).flatMap((line) => {
    const parts = [''];
    for (const cluster of clusters(line)) {
      const longer = `${parts.at(-1)}${cluster}`;
      if (fits(longer) || parts.at(-1) === '') parts[parts.length - 1] = longer;
      else parts.push(cluster);
    }
    return parts;
  });
}
