/** A post's social image: its title and its own figure on the site's paper, 1200 × 630 px, the same bytes everywhere. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { type Chart, layouts } from './define.ts';
import { escapeXml } from './markup.ts';
import { textWidth } from './metrics.ts';
import { outline } from './outline.ts';
import { colour, literal } from './palette.ts';
import { type FigureResult, renderFigure } from './render.ts';

/** What a social image shows. */
export type SocialImage = {
  readonly title: string;
  readonly site: string;
  readonly figure?: { readonly name: string; readonly chart: Chart; readonly result: FigureResult };
};

const [width, height, margin] = [1200, 630, 64] as const;

/** A title broken into lines that fit. A word that is wider than a line stands alone. */
export function lineBreaks(text: string, size: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, 600) <= limit) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The largest of some sizes at which a title takes at most five lines. */
function fitTitle(title: string, limit: number): { size: number; lines: string[] } {
  const sizes = [58, 52, 46, 40, 34];
  const size = sizes.find((s) => {
    const lines = lineBreaks(title, s, limit);
    return lines.length <= 5 && lines.every((line) => textWidth(line, s, 600) <= limit);
  });
  return { size: size ?? 30, lines: lineBreaks(title, size ?? 30, limit) };
}

let ready: Promise<void> | undefined;

/** The rasteriser is WebAssembly, loaded once a process. */
async function rasteriser(): Promise<void> {
  ready ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')).then((bytes) =>
    initWasm(bytes),
  );
  return ready;
}

/** The picture as SVG: title at the left, figure at the right, or the title alone. */
async function socialSvg({ title, site, figure }: SocialImage): Promise<string> {
  const limit = figure === undefined ? width - 2 * margin : 400;
  const { size, lines } = fitTitle(title, limit);
  const text = (line: string, fontSize: number, weight: 400 | 600, y: number, name: 'ink' | 'ink-soft'): string =>
    `<path fill="${colour(name)}" d="${outline(line, fontSize, weight, margin, y)}"/>`;
  const titles = lines.map((line, i) => text(line, size, 600, margin + size * (0.85 + 1.16 * i), 'ink')).join('');
  const drawing = figure === undefined ? '' : await placed(figure);
  return literal(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="${colour('paper')}"/>` +
      `<rect width="${width}" height="10" fill="${colour('accent')}"/>${titles}${text(site, 26, 400, height - margin, 'ink-soft')}${drawing}</svg>`,
  );
}

/** The figure without its outer attributes, scaled into the right part of the picture. */
async function placed(figure: NonNullable<SocialImage['figure']>): Promise<string> {
  const { svg } = await renderFigure({ ...figure, layout: layouts.wide, outline });
  const [, w, h] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number) as [number, number, number];
  const room = { x: 500, y: 60, width: width - 500 - 40, height: height - 110 };
  const scale = Math.min(room.width / w, room.height / h);
  const x = room.x + (room.width - w * scale) / 2;
  const y = room.y + (room.height - h * scale) / 2;
  const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
  return `<g transform="translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${scale.toFixed(4)})" fill="none" stroke-miterlimit="4">${inner}</g>`;
}

/** The picture as PNG. */
export async function socialPng(image: SocialImage): Promise<Uint8Array> {
  const svg = await socialSvg(image);
  await rasteriser();
  const renderer = new Resvg(svg, { font: { loadSystemFonts: false } });
  const rendered = renderer.render();
  const png = Uint8Array.from(rendered.asPng());
  rendered.free();
  renderer.free();
  return png;
}
