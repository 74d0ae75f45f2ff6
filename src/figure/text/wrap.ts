/** Wraps text into lines of a maximal width. */
import { textWidth } from './metrics.ts';

/** Wraps a text into lines of at most `maxWidth` pixels, between words and, where a word is too long, within it. */
export function wrapLines(text: string, maxWidth: number, size = 12, weight = 400): string[] {
  const fits = (line: string): boolean => textWidth(line, size, weight) <= maxWidth;
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
    for (let rest = lines.at(-1)!; !fits(rest); rest = lines.at(-1)!) {
      let cut = rest.length - 1;
      while (cut > 1 && !fits(rest.slice(0, cut))) cut--;
      if (cut < 1) break;
      // Prefer to break after a hyphen or a slash in the second half.
      const seam = Math.max(rest.lastIndexOf('-', cut - 1), rest.lastIndexOf('/', cut - 1)) + 1;
      const at = seam > cut / 2 ? seam : cut;
      lines.splice(-1, 1, rest.slice(0, at), rest.slice(at));
      if (at >= rest.length) break;
    }
  }
  return lines;
}

/** Wrapped text as Vega expects it: unchanged if it fits, else a list of lines. */
export function wrappedText(text: unknown, maxWidth: number, size?: number, weight?: number): unknown {
  const whole = Array.isArray(text) ? text.map(String) : [String(text ?? '')];
  const lines = whole.flatMap((line) => wrapLines(line, Math.max(30, maxWidth), size, weight));
  return lines.length === whole.length ? text : lines;
}
