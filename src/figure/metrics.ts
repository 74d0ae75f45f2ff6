/**
 * Text is as wide as the figure font's advance widths say, on every machine. Vega would otherwise guess 0.8 em a
 * character, or ask whatever canvas happens to be installed.
 */
import type { FigureItem, textMetrics } from 'vega';
import advances from './advances.json' with { type: 'json' };

const tables: Readonly<Record<'400' | '600', Readonly<Record<string, number>>>> = advances;

/** The width of a line of text in pixels, for a size in pixels. Throws on a character that the font lacks. */
export function textWidth(text: string, size: number, weight: number | string = 400): number {
  const table = Number(weight) >= 600 || weight === 'bold' ? tables[600] : tables[400];
  let thousandths = 0;
  for (const character of text) {
    const advance = table[character];
    if (advance === undefined) throw new RangeError(`the figure font has no “${character}” (in “${text}”)`);
    thousandths += advance;
  }
  return (thousandths * size) / 1000;
}

/** The longest start of a text that fits into `limit` pixels, with an ellipsis if something was cut. */
export function fitText(text: string, limit: number, size: number, weight?: number | string): string {
  if (textWidth(text, size, weight) <= limit) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, size, weight) > limit) letters.pop();
  return `${letters.join('')}…`;
}

/** Lets Vega measure text with the table. The assignment is Vega's own interface for it, and always the same. */
export function installTextMetrics(metrics: typeof textMetrics): void {
  metrics.width = (item: FigureItem, text: string) => {
    const size = typeof item.fontSize === 'number' ? item.fontSize : 11;
    const weight = item.fontWeight as number | string | undefined;
    const line = text === null || text === undefined ? '' : String(text).trim();
    const limit = typeof item.limit === 'number' && item.limit > 0 ? item.limit : Number.POSITIVE_INFINITY;
    return Math.min(textWidth(line, size, weight), limit);
  };
}
