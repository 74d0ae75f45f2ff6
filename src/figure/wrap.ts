/** Text broken into lines that fit. */
import { textWidth } from './metrics.ts';

/** Lines of at most `room` pixels, broken between words and, where one is too long, within it. */
export function wrapped(text: string, room: number, size = 12, weight = 400): string[] {
  const fits = (line: string): boolean => textWidth(line, size, weight) <= room;
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
    for (let rest = lines.at(-1)!; !fits(rest); rest = lines.at(-1)!) {
      let cut = rest.length - 1;
      while (cut > 1 && !fits(rest.slice(0, cut))) cut--;
      if (cut < 1) break;
      // After a hyphen or a slash, if there is one not too far from the end.
      const seam = Math.max(rest.lastIndexOf('-', cut - 1), rest.lastIndexOf('/', cut - 1)) + 1;
      const at = seam > cut / 2 ? seam : cut;
      lines.splice(-1, 1, rest.slice(0, at), rest.slice(at));
      if (at >= rest.length) break;
    }
  }
  return lines;
}

/** Text as Vega takes it: one line as it is, several as a list. */
export function wrappedText(text: unknown, room: number, size?: number, weight?: number): unknown {
  const whole = Array.isArray(text) ? text.map(String) : [String(text ?? '')];
  const lines = whole.flatMap((line) => wrapped(line, Math.max(30, room), size, weight));
  return lines.length === whole.length ? text : lines;
}
