/** Text as outlines, for pictures that must have the same bytes on machines with other fonts. */
import type { Font } from 'opentype.js';
import { type FontWeight, readFont } from './font.ts';

/** The outline of a line of text as SVG path data; its baseline starts at (x, y). */
export type Outline = (text: string, size: number, weight: FontWeight, x: number, y: number) => string;

const fonts = new Map<FontWeight, Font>();

/** Outlines from the figure font's file, which is read once. */
export const outline: Outline = (text, size, weight, x, y) => {
  const font = fonts.get(weight) ?? readFont(weight);
  fonts.set(weight, font);
  // Written by hand: opentype.js writes NaN for coordinates such as −1e-7.
  return font
    .getPath(text, x, y, size)
    .commands.map(({ type, x1, y1, x2, y2, x, y }) => {
      const places = [x1, y1, x2, y2, x, y].filter((place) => place !== undefined);
      return type + places.map((place) => Number(place.toFixed(2)) + 0).join(' ');
    })
    .join('');
};
