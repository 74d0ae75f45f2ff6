/** Text shaping: splits a line into runs of one font and one direction, and positions the glyphs of a run with HarfBuzz. */
import { Buffer, Direction as BufferDirection, type Font, shape } from 'harfbuzzjs';
import { type Direction, directionOf, embeddingLevels } from './bidi.ts';
import { type FontWeight, fontFor } from './font.ts';

/** A part of a line in one font and direction; `font` is undefined if no font has its characters. */
export type Run = { readonly text: string; readonly font: Font | undefined; readonly level: number };

/** A glyph and its position from the start of its run, in font units. */
export type Glyph = { readonly id: number; readonly x: number; readonly y: number };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The grapheme clusters of a text: letters with their marks, whole emoji. */
export const clusters = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** The runs of a line in reading order. */
export function runsOf(line: string, weight: FontWeight, base: Direction = directionOf(line) ?? 'ltr'): Run[] {
  const level = embeddingLevels(line, base);
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

/** The glyphs of a run from left to right, and its width in font units. */
export function glyphsOf({ text, font, level }: Run & { readonly font: Font }): { glyphs: Glyph[]; width: number } {
  const buffer = new Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(level % 2 === 1 ? BufferDirection.RTL : BufferDirection.LTR);
  shape(font, buffer);
  let width = 0;
  const glyphs = buffer.getGlyphInfosAndPositions().map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
    const glyph = { id: codepoint, x: width + xOffset, y: yOffset };
    width += xAdvance;
    return glyph;
  });
  return { glyphs, width };
}
