/** Converts text to outlines (SVG path data), for images that must have the same bytes on machines with other fonts. */
import type { Font } from 'harfbuzzjs';
import { type Direction, visualOrder } from './bidi.ts';
import type { FontWeight } from './font.ts';
import { estimatedTextWidth } from './metrics.ts';
import { clusters, glyphsOf, runsOf } from './shape.ts';

/** The outline of a line of text as SVG path data; its baseline starts at (x, y). */
export type Outline = (
  text: string,
  size: number,
  weight: FontWeight,
  x: number,
  y: number,
  base?: Direction,
) => string;

const round = (place: number): number => Number(place.toFixed(2)) + 0;

function glyphPath(font: Font, id: number, size: number, x: number, y: number): string {
  const scale = size / font.face.upem;
  return font
    .glyphToJson(id)
    .map(
      ({ type, values }) =>
        type + values.map((value, i) => round(i % 2 === 0 ? x + value * scale : y - value * scale)).join(' '),
    )
    .join('');
}

/** Creates an `Outline`. Characters that no font has leave a gap and are added to `missing`. */
export function createOutliner(missing?: Set<string>): Outline {
  return (text, size, weight, x, y, base) => {
    let left = x;
    let path = '';
    for (const run of visualOrder(runsOf(text, weight, base))) {
      const { font } = run;
      if (font === undefined) {
        left += estimatedTextWidth(run.text, size);
        for (const cluster of clusters(run.text)) if (isVisible(cluster)) missing?.add(cluster);
        continue;
      }
      const { glyphs, width } = glyphsOf({ ...run, font });
      const scale = size / font.face.upem;
      for (const { id, x, y: above } of glyphs) path += glyphPath(font, id, size, left + x * scale, y - above * scale);
      left += width * scale;
    }
    return path;
  };
}

const isVisible = (cluster: string): boolean => !/^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u.test(cluster);

/** A text without the characters that no font has, and those characters. */
export function drawableText(text: string, weight: FontWeight): { readonly text: string; readonly missing: string[] } {
  const runs = runsOf(text, weight);
  const missing = runs.filter(({ font }) => font === undefined).flatMap((run) => clusters(run.text).filter(isVisible));
  const kept = runs.map((run) => (run.font === undefined ? ' ' : run.text));
  return { text: kept.join('').replace(/\s+/g, ' ').trim(), missing };
}
