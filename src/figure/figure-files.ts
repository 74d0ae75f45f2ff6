/** Converts a figure to files for other programs: standalone SVG, standalone Vega-Lite specification, Vega editor link. */
import lzString from 'lz-string';
import type { FigureSpec } from './define-charts.ts';
import { resolveColours } from './palette.ts';
import { theme } from './theme.ts';

/** An SVG for viewers without the site's style sheet: literal colours, the font by name. */
export const standaloneSvg = (svg: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${resolveColours(svg).replace(/var\(--font-figure, ([^)]*)\)/g, '$1')}\n`;

/** A self-contained specification: with schema, theme and literal colours. */
export function standaloneSpec(title: string, spec: FigureSpec): object {
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    ...spec,
    config: { ...theme, background: '#fdfcf9', font: "'Source Sans 3', sans-serif" },
  };
  return JSON.parse(resolveColours(JSON.stringify(whole))) as object;
}

/** A URL that opens a specification in the Vega editor, which decodes it with lz-string. */
export const vegaEditorUrl = (spec: object): string =>
  `https://vega.github.io/editor/#/url/vega-lite/${lzString.compressToEncodedURIComponent(JSON.stringify(spec))}`;
