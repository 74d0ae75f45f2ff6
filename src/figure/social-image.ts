/** Renders a post's social image, a PNG of 1200 × 630 px with its title and a figure. The same bytes on every machine. */
import { wrapTitle, wrapTitleForced } from './compile/wrap-title.ts';
import { type Chart, layouts } from './define-charts.ts';
import type { FigureResult } from './frames-of-chart.ts';
import { colour, resolveColours } from './palette.ts';
import { rasterise } from './rasterise.ts';
import { renderFigure } from './render.ts';
import { escapeXml } from './svg/markup.ts';
import { directionOf } from './text/bidi.ts';
import { type FontWeight, loadFonts } from './text/font.ts';
import { fitText, textWidth } from './text/metrics.ts';
import { createOutliner, drawableText, type Outline } from './text/outline.ts';

/** What a social image shows. */
export type SocialImage = {
  readonly title: string;
  readonly site: string;
  readonly figure?: { readonly name: string; readonly chart: Chart; readonly result: FigureResult };
};

const [width, height, margin] = [1200, 630, 64] as const;

/** The largest size at which a title takes at most five lines; else at 30 px up to ten lines, truncated. */
function fitTitle(title: string, limit: number): { size: number; lines: string[] } {
  const sizes = [58, 52, 46, 40, 34];
  const fitsAt = (size: number) => (line: string) => textWidth(line, size, 600) <= limit;
  for (const size of sizes) {
    const lines = wrapTitle(title, fitsAt(size));
    if (lines.length <= 5 && lines.every(fitsAt(size))) return { size, lines };
  }
  const lines = wrapTitleForced(title, fitsAt(30));
  const last = lines.slice(9).join(' ');
  return { size: 30, lines: last === '' ? lines : [...lines.slice(0, 9), fitText(`${last}…`, limit, 30, 600)] };
}

/** The image as SVG: title at the left and figure at the right, or the title alone. */
async function socialSvg({ title, site, figure }: SocialImage, missing: Set<string>): Promise<string> {
  await loadFonts(title + site);
  const limit = figure === undefined ? width - 2 * margin : 400;
  const outline = createOutliner(missing);
  const onlyDrawable = (text: string, weight: FontWeight): string => {
    const kept = drawableText(text, weight);
    for (const character of kept.missing) missing.add(character);
    return kept.text;
  };
  const { size, lines } = fitTitle(onlyDrawable(title, 600), limit);
  const base = directionOf(title) ?? 'ltr';
  const text = (line: string, fontSize: number, weight: FontWeight, y: number, name: 'ink' | 'ink-soft'): string => {
    const x = base === 'rtl' ? margin + limit - textWidth(line, fontSize, weight) : margin;
    return `<path fill="${colour(name)}" d="${outline(line, fontSize, weight, x, y, base)}"/>`;
  };
  const titles = lines.map((line, i) => text(line, size, 600, margin + size * (0.85 + 1.16 * i), 'ink')).join('');
  const name = text(onlyDrawable(site, 400), 26, 400, height - margin, 'ink-soft');
  const drawing = figure === undefined ? '' : await placedFigure(figure, outline);
  return resolveColours(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="${colour('paper')}"/>` +
      `<rect width="${width}" height="10" fill="${colour('accent')}"/>${titles}${name}${drawing}</svg>`,
  );
}

/** The figure scaled into the right part of the image. */
async function placedFigure(figure: NonNullable<SocialImage['figure']>, outline: Outline): Promise<string> {
  const { svg } = await renderFigure({ ...figure, layout: layouts.wide, outline });
  const [, w, h] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number) as [number, number, number];
  const area = { x: 500, y: 60, width: width - 500 - 40, height: height - 110 };
  const scale = Math.min(area.width / w, area.height / h);
  const x = area.x + (area.width - w * scale) / 2;
  const y = area.y + (area.height - h * scale) / 2;
  const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
  return `<g transform="translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${scale.toFixed(4)})" fill="none" stroke-miterlimit="4">${inner}</g>`;
}

/** The image as PNG, and the characters left out because no font has them. */
export async function socialPng(image: SocialImage): Promise<{ png: Uint8Array; missing: string[] }> {
  const missing = new Set<string>();
  const svg = await socialSvg(image, missing);
  const png = await rasterise(svg);
  return { png, missing: [...missing] };
}
