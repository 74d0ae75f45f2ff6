/** Converts an item of Vega's scene graph to an SVG element: tag, attributes, native tooltip. */
import { type FigureItem, Marks } from 'vega';
import { directionOf } from '../text/bidi.ts';
import type { FontWeight } from '../text/font.ts';
import { fitText, textWidth } from '../text/metrics.ts';
import type { Outline } from '../text/outline.ts';
import { smallestText } from '../theme.ts';
import { isRounded } from './corners.ts';
import { type Attributes, escapeXml, formatDecimal, roundDecimals, tag } from './markup.ts';
import { rectangle, type Scale, type SharedShapes } from './shared-shapes.ts';
import { compactPath } from './simplify-paths.ts';

/** An SVG element; `content` is markup. */
export type Element = { readonly name: string; readonly attributes: Attributes; readonly content: string };

/** How items are written. */
export type Style = {
  /** Text as outlines; as text if omitted. */
  readonly outline?: Outline | undefined;
  /** Whether items have native tooltips. */
  readonly tooltips: boolean;
  /** The shapes that drawings of one page share. Omitted: a drawing that stands alone. */
  readonly surfaces?: SharedShapes | undefined;
};

/** Vega's channel → SVG's presentation attribute. */
const styleAttributes: readonly (readonly [channel: string, attribute: string])[] = [
  ['fill', 'fill'],
  ['fillOpacity', 'fill-opacity'],
  ['stroke', 'stroke'],
  ['strokeOpacity', 'stroke-opacity'],
  ['strokeWidth', 'stroke-width'],
  ['strokeCap', 'stroke-linecap'],
  ['strokeJoin', 'stroke-linejoin'],
  ['strokeDash', 'stroke-dasharray'],
  ['strokeDashOffset', 'stroke-dashoffset'],
];

/** The attributes that a child inherits from its group. Not opacity, which applies to a group as a whole. */
export const inheritedAttributes: ReadonlySet<string> = new Set([
  ...styleAttributes.map(([, name]) => name),
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'shape-rendering',
]);

/** Throws for a literal colour, which would not follow the reader's light or dark scheme. */
function checkColour(attribute: string, value: string): string {
  if (
    (attribute === 'fill' || attribute === 'stroke') &&
    !/^(none|currentColor|url\(#.*\)|var\(--[a-z0-9-]+, #[0-9a-f]+\))$/.test(value)
  )
    throw new Error(
      `${attribute} is the literal colour ${value}; use colour() of src/figure, which follows light and dark`,
    );
  return value;
}

/** The presentation attributes of an item. */
export function styleOf(item: FigureItem): Attributes {
  const attributes: Attributes = {};
  for (const [channel, name] of styleAttributes) {
    if (item.strokeWidth === 0 && channel.startsWith('stroke')) continue;
    const value = item[channel];
    if (value === null || value === undefined || value === 'transparent') continue;
    if (typeof value === 'object' && !Array.isArray(value))
      throw new Error(`${name} is no colour but ${JSON.stringify(value)}; use colour() of src/figure`);
    attributes[name] = checkColour(name, typeof value === 'number' ? formatDecimal(value) : String(value));
  }
  if (typeof item.opacity === 'number' && item.opacity !== 1) attributes.opacity = formatDecimal(item.opacity);
  return attributes;
}

/** A native tooltip, one line for each field: `step: 30`. */
function tooltipOf(item: FigureItem): string {
  const { tooltip } = item;
  if (tooltip === null || tooltip === undefined || tooltip === '') return '';
  const text =
    typeof tooltip === 'object'
      ? Object.entries(tooltip)
          .map(([name, value]) => `${name}: ${String(value)}`)
          .join('\n')
      : String(tooltip);
  return tag('title', {}, escapeXml(text));
}

/** Size, weight, line height and lines of a text item, truncated to its limit. */
function textOf(item: FigureItem): { size: number; weight: FontWeight; height: number; lines: string[] } {
  const size = typeof item.fontSize === 'number' ? item.fontSize : 12;
  if (size < smallestText)
    throw new Error(`text “${String(item.text)}” is ${size} px; the smallest is ${smallestText} px`);
  const weight = Number(item.fontWeight) >= 600 || item.fontWeight === 'bold' ? 600 : 400;
  const unwrapped =
    typeof item.lineBreak === 'string' && typeof item.text === 'string' ? item.text.split(item.lineBreak) : item.text;
  const lines = (Array.isArray(unwrapped) ? unwrapped : [unwrapped]).map((line) => {
    const text = line === null || line === undefined ? '' : String(line).trim();
    if (typeof item.limit !== 'number' || item.limit <= 0) return text;
    // As Vega does, text of direction rtl is truncated at its start.
    return fitText(text, item.limit, size, weight, {
      ...(item.ellipsis ? { ellipsis: String(item.ellipsis) } : {}),
      keeps: item.dir === 'rtl' ? 'end' : 'start',
    });
  });
  return { size, weight, lines, height: typeof item.lineHeight === 'number' ? item.lineHeight : size + 2 };
}

/** A text item as SVG text. */
function textElement(item: FigureItem): { attributes: Attributes; content: string } {
  const { size, weight, lines, height } = textOf(item);
  const attributes: Attributes = { 'font-size': formatDecimal(size) };
  if (weight !== 400) attributes['font-weight'] = String(weight);
  if (lines.some((line) => directionOf(line) === 'rtl')) attributes.direction = 'rtl';
  const content =
    lines.length === 1
      ? escapeXml(lines[0]!)
      : lines
          .map((line, i) => tag('tspan', i > 0 ? { x: '0', dy: formatDecimal(height) } : {}, escapeXml(line)))
          .join('');
  return { attributes, content };
}

/** A text item as path data, aligned by the width of each line. */
function outlinePath(item: FigureItem, outline: Outline): string {
  const { size, weight, lines, height } = textOf(item);
  const alignment = item.align === 'center' ? 0.5 : item.align === 'right' ? 1 : 0;
  return lines
    .map((line, i) => outline(line, size, weight, -alignment * textWidth(line, size, weight), i * height))
    .join('');
}

/** An item of a mark type as an element. With a `scale`, paths are in its steps instead of pixels. */
export function elementOf(type: string, item: FigureItem, { outline, tooltips }: Style, scale?: Scale): Element {
  const style = styleOf(item);
  const content = tooltips ? tooltipOf(item) : '';
  const x = item.x ?? 0;
  const y = item.y ?? 0;
  if (type === 'symbol' && (item.shape === undefined || item.shape === 'circle') && !item.angle) {
    const r = Math.sqrt(typeof item.size === 'number' ? item.size : 64) / 2;
    return {
      name: 'circle',
      attributes: { cx: formatDecimal(x, 1), cy: formatDecimal(y, 1), r: formatDecimal(r), ...style },
      content,
    };
  }
  if (type === 'rule') {
    const x2 = typeof item.x2 === 'number' ? item.x2 : x;
    const y2 = typeof item.y2 === 'number' ? item.y2 : y;
    return {
      name: 'path',
      attributes: { d: `M${formatDecimal(x)},${formatDecimal(y)}L${formatDecimal(x2)},${formatDecimal(y2)}`, ...style },
      content,
    };
  }
  if (type === 'rect' && !isRounded(item)) {
    // Without antialiasing, so that no hairline shows between neighbouring cells.
    const crisp: Attributes = item.stroke ? {} : { 'shape-rendering': 'crispEdges' };
    return { name: 'path', attributes: { d: rectangle(item, scale), ...crisp, ...style }, content };
  }
  const mark = Marks[type];
  if (mark === undefined) throw new Error(`no mark is called ${type}`);
  const attributes: Attributes = {};
  mark.attr((name, value) => {
    if (value === null || value === undefined || name.startsWith('aria')) return;
    if (name === 'transform' && value === 'translate(0,0)') return;
    if (name === 'text-anchor' && value === 'start') return;
    const text = String(value);
    if (name === 'd' && mark.nested) attributes.d = compactPath(text, scale);
    // A small tolerance, since regions of a map share borders.
    else if (name === 'd' && type === 'shape') attributes.d = compactPath(text, undefined, 0.05);
    else attributes[name] = roundDecimals(text, name === 'transform' ? 1 : 2);
  }, item);
  if (type !== 'text') return { name: mark.tag, attributes: { ...attributes, ...style }, content };
  if (outline !== undefined) {
    const { 'text-anchor': _, ...placed } = attributes;
    return { name: 'path', attributes: { d: outlinePath(item, outline), ...placed, ...style }, content: '' };
  }
  const svgText = textElement(item);
  if (svgText.attributes.direction === 'rtl') {
    // In a right-to-left text `start` is at the right: swap the anchors, so that the text stays in place.
    const anchor = attributes['text-anchor'];
    if (anchor === 'end') delete attributes['text-anchor'];
    else attributes['text-anchor'] = anchor ?? 'end';
  }
  return { name: 'text', attributes: { ...attributes, ...style, ...svgText.attributes }, content: svgText.content };
}

/** Whether an item draws nothing. */
export const isInvisible = (item: FigureItem): boolean =>
  item.opacity === 0 || (item.marktype === 'text' && (item.text === '' || item.text === null));
