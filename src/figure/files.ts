/** A figure's files: for other programs, for people who want the data, for the Vega editor. */
import lzString from 'lz-string';
import type { FigureSpec } from './define.ts';
import { literal } from './palette.ts';
import { theme } from './theme.ts';

/** An SVG for viewers without our style sheet: literal colours, the font by name. */
export const standaloneSvg = (svg: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${literal(svg).replace(/var\(--font-figure, ([^)]*)\)/g, '$1')}\n`;

/** A specification that says all by itself: with schema, theme and literal colours. */
export function standaloneSpec(title: string, spec: FigureSpec): object {
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    ...spec,
    config: { ...theme, background: '#fdfcf9', font: "'Source Sans 3', sans-serif" },
  };
  return JSON.parse(literal(JSON.stringify(whole))) as object;
}

/** An address that opens a specification in the Vega editor, which decodes it with lz-string. */
export const editorAddress = (spec: object): string =>
  `https://vega.github.io/editor/#/url/vega-lite/${lzString.compressToEncodedURIComponent(JSON.stringify(spec))}`;
