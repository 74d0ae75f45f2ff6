/**
 * Measures text by the figure font's advance widths, with the same result on every machine. Vega by itself would guess
 * 0.8 em a character, or use a canvas if one is installed.
 */
import { eastAsianWidth } from 'get-east-asian-width';
import type { FigureItem, textMetrics } from 'vega';
import { type FontWeight, figureFont } from './font.ts';
import { clusters, glyphsOf, runsOf } from './shape.ts';

const advanceCache: Record<FontWeight, Map<string, number | undefined>> = { 400: new Map(), 600: new Map() };

/** The advance width of a character of the figure font in thousandths of an em; undefined if the font lacks it. */
function advance(character: string, weight: FontWeight): number | undefined {
  const widths = advanceCache[weight];
  if (widths.has(character)) return widths.get(character);
  const font = figureFont(weight);
  const glyph = font.nominalGlyph(character.codePointAt(0)!);
  const width = glyph === undefined ? undefined : Math.round((font.glyphHAdvance(glyph) * 1000) / font.face.upem);
  widths.set(character, width);
  return width;
}

/** The estimated width of a grapheme cluster in a reader's own font, in thousandths of an em. */
function estimatedWidth(cluster: string): number {
  if (/^[\p{Cc}\p{M}\p{Default_Ignorable_Code_Point}]+$/u.test(cluster)) return 0;
  if (/\p{Emoji_Presentation}|\p{Extended_Pictographic}|\ufe0f/u.test(cluster)) return 1000;
  // UAX #11: wide and full-width characters take one em.
  return eastAsianWidth(cluster.codePointAt(0)!) === 2 ? 1000 : 550;
}

/** The estimated width in pixels of a text for which no font is loaded. */
export const estimatedTextWidth = (text: string, size: number): number =>
  (clusters(text).reduce((sum, cluster) => sum + estimatedWidth(cluster), 0) * size) / 1000;

/**
 * The width of a line of text in pixels, for a size in pixels. Characters that the figure font lacks are measured in the
 * blog's configured fonts, else estimated.
 */
export function textWidth(text: string, size: number, weight: number | string = 400): number {
  const fontWeight: FontWeight = Number(weight) >= 600 || weight === 'bold' ? 600 : 400;
  let thousandths = 0;
  for (const character of text) {
    const width = advance(character, fontWeight);
    if (width === undefined) return mixedWidth(text, size, fontWeight);
    thousandths += width;
  }
  return (thousandths * size) / 1000;
}

function mixedWidth(text: string, size: number, weight: FontWeight): number {
  let pixels = 0;
  for (const run of runsOf(text, weight)) {
    const { font } = run;
    if (font === undefined) pixels += estimatedTextWidth(run.text, size);
    else if (font !== figureFont(weight)) pixels += (glyphsOf({ ...run, font }).width * size) / font.face.upem;
    else for (const character of run.text) pixels += ((advance(character, weight) ?? 0) * size) / 1000;
  }
  return pixels;
}

/** Truncates a text to `limit` pixels with an ellipsis, at its end or (`keeps: 'end'`) at its start. */
export function fitText(
  text: string,
  limit: number,
  size: number,
  weight?: number | string,
  { ellipsis = '…', keeps = 'start' }: { readonly ellipsis?: string; readonly keeps?: 'start' | 'end' } = {},
): string {
  if (textWidth(text, size, weight) <= limit) return text;
  const letters = clusters(text);
  const cut = (): string => (keeps === 'start' ? letters.join('') + ellipsis : ellipsis + letters.join(''));
  while (letters.length > 0 && textWidth(cut(), size, weight) > limit) {
    if (keeps === 'start') letters.pop();
    else letters.shift();
  }
  return cut();
}

/** Makes Vega measure text with `textWidth`. Assigning `width` is Vega's documented way to do so. */
export function installTextMetrics(metrics: typeof textMetrics): void {
  metrics.width = (item: FigureItem, text: string) => {
    const size = typeof item.fontSize === 'number' ? item.fontSize : 11;
    const weight = item.fontWeight as number | string | undefined;
    const line = text === null || text === undefined ? '' : String(text).trim();
    const limit = typeof item.limit === 'number' && item.limit > 0 ? item.limit : Number.POSITIVE_INFINITY;
    return Math.min(textWidth(line, size, weight), limit);
  };
}
