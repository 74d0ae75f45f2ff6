/** The figure font, read from its file: advance widths for the committed table, outlines for social images. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

/** The two weights that figures use. */
export type FontWeight = 400 | 600;

const files: Record<FontWeight, string> = {
  400: 'source-sans/TTF/SourceSans3-Regular.ttf',
  600: 'source-sans/TTF/SourceSans3-Semibold.ttf',
};

/** The characters that a figure may use: ASCII, accented Latin, Greek, super- and subscripts, mathematical signs. */
export const characters: string = [
  range(0x20, 0x7e),
  range(0xa0, 0x17f),
  range(0x391, 0x3a9).replace('\u03a2', ''),
  range(0x3b1, 0x3c9),
  'ϑϕϵ⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵀˡ′″ℓ',
  '–—‘’‚“”„†•…‰−×·÷±∂∆∏∑√∞∫≈≠≤≥←↑→↓◊●■▲△½¼¾',
].join('');

function range(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');
}

/** Reads one weight of the font from the installed package. */
export function readFont(weight: FontWeight): Font {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(files[weight]));
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}

/** Advance widths in thousandths of an em, by character; characters that the font lacks are left out. */
export function advanceWidths(font: Font, text: string): Record<string, number> {
  const widths: Record<string, number> = {};
  for (const character of text) {
    const glyph = font.charToGlyph(character);
    if (glyph.index > 0) widths[character] = Math.round((glyph.advanceWidth * 1000) / font.unitsPerEm);
  }
  return widths;
}
