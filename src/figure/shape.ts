/** A line of text → runs of one font and one direction, and the glyphs of a run (HarfBuzz: joined letters, marks, kerning). */
import { Buffer, type Font, shape, Direction as Towards } from 'harfbuzzjs';
import { type Direction, directionOf, levels } from './bidi.ts';
import { type FontWeight, fontFor } from './font.ts';

/** A part of a line; without a font if none has its characters. */
export type Run = { readonly text: string; readonly font: Font | undefined; readonly level: number };

/** A glyph, and where it stands from the start of its run, in units of the font. */
export type Glyph = { readonly id: number; readonly x: number; readonly y: number };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each: letters with their marks, whole emoji. */
export const clusters = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** The runs of a line in the order in which they are read. */
export function runsOf(line: string, weight: FontWeight, base: Direction = directionOf(line) ?? 'ltr'): Run[] {
  const level = levels(line, base);
  const runs: { text: string; font: Font | undefined; level: number }[] = [];
  let index = 0;
  for (const text of clusters(line)) {
    const next = { text, font: fontFor(text, weight), level: level[index]! };
    const last = runs.at(-1);
    if (last && last.font === next.font && last.level === next.level) last.text += text;
    else runs.push(next);
    index += text.length;
  }
  return runs;
}

/** The glyphs of a run from left to right, and its width in units of the font. */
export function glyphsOf({ text, font, level }: Run & { readonly font: Font }): { glyphs: Glyph[]; width: number } {
  const buffer = new Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(level % 2 === 1 ? Towards.RTL : Towards.LTR);
  shape(font, buffer);
  let width = 0;
  const glyphs = buffer.getGlyphInfosAndPositions().map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
    const glyph = { id: codepoint, x: width + xOffset, y: yOffset };
    width += xAdvance;
    return glyph;
  });
  return { glyphs, width };
}
