/** One drawn item as an SVG element: its tag, its attributes, its native tooltip. */
import { type FigureItem, Marks } from 'vega';
import { directionOf } from './bidi.ts';
import { isRounded } from './corners.ts';
import type { FontWeight } from './font.ts';
import { type Attributes, escapeXml, number, numbers, tag } from './markup.ts';
import { fitText, textWidth } from './metrics.ts';
import type { Outline } from './outline.ts';
import { compactPath } from './paths.ts';
import { rectangle, type Scale, type Surfaces } from './surfaces.ts';
import { smallestText } from './theme.ts';

/** An element before it is written. */
export type Element = { readonly name: string; readonly attributes: Attributes; readonly content: string };

/** How items are written. */
export type Style = {
  /** Text as outlines; as text if omitted. */
  readonly outline?: Outline | undefined;
  /** Whether items have native tooltips. */
  readonly tooltips: boolean;
  /** The surfaces that drawings of one page share; none for a drawing that stands alone. */
  readonly surfaces?: Surfaces | undefined;
};

/** Vega's channel → SVG's presentation attribute. */
const styles: readonly (readonly [channel: string, attribute: string])[] = [
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

/** What a child may take over from its group (opacity may not: a group's opacity is another thing). */
export const inherited: ReadonlySet<string> = new Set([
  ...styles.map(([, name]) => name),
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'shape-rendering',
]);

/** A colour as it may stand in a figure; a literal one would not follow the reader's scheme. */
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
  for (const [channel, name] of styles) {
    if (item.strokeWidth === 0 && channel.startsWith('stroke')) continue;
    const value = item[channel];
    if (value === null || value === undefined || value === 'transparent') continue;
    if (typeof value === 'object' && !Array.isArray(value))
      throw new Error(`${name} is no colour but ${JSON.stringify(value)}; use colour() of src/figure`);
    attributes[name] = checkColour(name, typeof value === 'number' ? number(value) : String(value));
  }
  if (typeof item.opacity === 'number' && item.opacity !== 1) attributes.opacity = number(item.opacity);
  return attributes;
}

/** A tooltip as a line a pair: `step: 30`. */
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

/** A text item: its size and weight, its lines as they fit. */
function textOf(item: FigureItem): { size: number; weight: FontWeight; height: number; lines: string[] } {
  const size = typeof item.fontSize === 'number' ? item.fontSize : 12;
  if (size < smallestText)
    throw new Error(`text “${String(item.text)}” is ${size} px; the smallest is ${smallestText} px`);
  const weight = Number(item.fontWeight) >= 600 || item.fontWeight === 'bold' ? 600 : 400;
  const broken =
    typeof item.lineBreak === 'string' && typeof item.text === 'string' ? item.text.split(item.lineBreak) : item.text;
  const lines = (Array.isArray(broken) ? broken : [broken]).map((line) => {
    const text = line === null || line === undefined ? '' : String(line).trim();
    if (typeof item.limit !== 'number' || item.limit <= 0) return text;
    // As Vega cuts: text of direction rtl at its start.
    return fitText(text, item.limit, size, weight, {
      ...(item.ellipsis ? { ellipsis: String(item.ellipsis) } : {}),
      keeps: item.dir === 'rtl' ? 'end' : 'start',
    });
  });
  return { size, weight, lines, height: typeof item.lineHeight === 'number' ? item.lineHeight : size + 2 };
}

/** Text as text. */
function textElement(item: FigureItem): { attributes: Attributes; content: string } {
  const { size, weight, lines, height } = textOf(item);
  const attributes: Attributes = { 'font-size': number(size) };
  if (weight !== 400) attributes['font-weight'] = String(weight);
  if (lines.some((line) => directionOf(line) === 'rtl')) attributes.direction = 'rtl';
  const content =
    lines.length === 1
      ? escapeXml(lines[0]!)
      : lines.map((line, i) => tag('tspan', i > 0 ? { x: '0', dy: number(height) } : {}, escapeXml(line))).join('');
  return { attributes, content };
}

/** Text as outlines, aligned by its own width. */
function outlined(item: FigureItem, outline: Outline): string {
  const { size, weight, lines, height } = textOf(item);
  const share = item.align === 'center' ? 0.5 : item.align === 'right' ? 1 : 0;
  return lines
    .map((line, i) => outline(line, size, weight, -share * textWidth(line, size, weight), i * height))
    .join('');
}

/** One item of a mark of some type as an element; a surface in steps of its scale. */
export function elementOf(type: string, item: FigureItem, { outline, tooltips }: Style, scale?: Scale): Element {
  const style = styleOf(item);
  const content = tooltips ? tooltipOf(item) : '';
  const x = item.x ?? 0;
  const y = item.y ?? 0;
  if (type === 'symbol' && (item.shape === undefined || item.shape === 'circle') && !item.angle) {
    const r = Math.sqrt(typeof item.size === 'number' ? item.size : 64) / 2;
    return { name: 'circle', attributes: { cx: number(x, 1), cy: number(y, 1), r: number(r), ...style }, content };
  }
  if (type === 'rule') {
    const x2 = typeof item.x2 === 'number' ? item.x2 : x;
    const y2 = typeof item.y2 === 'number' ? item.y2 : y;
    return {
      name: 'path',
      attributes: { d: `M${number(x)},${number(y)}L${number(x2)},${number(y2)}`, ...style },
      content,
    };
  }
  if (type === 'rect' && !isRounded(item)) {
    // Neighbouring cells meet without a hairline of paper between them.
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
    // Regions of a map share borders, which are to stay where they are.
    else if (name === 'd' && type === 'shape') attributes.d = compactPath(text, undefined, 0.05);
    else attributes[name] = numbers(text, name === 'transform' ? 1 : 2);
  }, item);
  if (type !== 'text') return { name: mark.tag, attributes: { ...attributes, ...style }, content };
  if (outline !== undefined) {
    const { 'text-anchor': _, ...placed } = attributes;
    return { name: 'path', attributes: { d: outlined(item, outline), ...placed, ...style }, content: '' };
  }
  const written = textElement(item);
  if (written.attributes.direction === 'rtl') {
    // Its start is at the right, and it stands where it is put all the same.
    const anchor = attributes['text-anchor'];
    if (anchor === 'end') delete attributes['text-anchor'];
    else attributes['text-anchor'] = anchor ?? 'end';
  }
  return { name: 'text', attributes: { ...attributes, ...style, ...written.attributes }, content: written.content };
}

/** Whether an item draws nothing. */
export const isInvisible = (item: FigureItem): boolean =>
  item.opacity === 0 || (item.marktype === 'text' && (item.text === '' || item.text === null));
