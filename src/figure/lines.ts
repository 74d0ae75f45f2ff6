/** A title broken into lines. */
import { clusters } from './shape.ts';

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** Scripts that set no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** What may not start a line: closing and trailing punctuation, small kana, marks of length and repetition. */
const notFirst = /^[\p{Pe}\p{Pf}\p{Po}\p{M}\p{Lm}ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ]/u;
/** What may not end a line. */
const notLast = /[\p{Ps}\p{Pi}]$/u;

/** The parts of a text that stay whole, each with whether a space stands before it. */
function unbroken(text: string): { part: string; space: boolean }[] {
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

/** Lines that `fits` accepts. A word that is too wide for a line stands alone. */
export function lineBreaks(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const { part, space } of unbroken(text)) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}${space ? ' ' : ''}${part}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** The same, and a word that is too wide for a line is broken where it must be. */
export function forcedBreaks(text: string, fits: (line: string) => boolean): string[] {
  return lineBreaks(text, fits).flatMap((line) => {
    const parts = [''];
    for (const cluster of clusters(line)) {
      const longer = `${parts.at(-1)}${cluster}`;
      if (fits(longer) || parts.at(-1) === '') parts[parts.length - 1] = longer;
      else parts.push(cluster);
    }
    return parts;
  });
}
