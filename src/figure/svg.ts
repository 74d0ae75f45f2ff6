/**
 * A drawn scene as SVG text. It is Vega's scene graph, written by our own hand so that ids are local to the figure,
 * tooltips are native `<title>`s, attributes shared by all items of a mark stand once on their group, and numbers
 * have no more digits than a screen has pixels.
 */
import { type FigureItem, type FigureScene, Marks, sceneVisit } from 'vega';
import type { FontWeight } from './font.ts';
import { fitText, textWidth } from './metrics.ts';
import type { Outline } from './outline.ts';
import { fontFamily, smallestText } from './theme.ts';

type Attributes = Record<string, string>;

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
const inherited = new Set([
  ...styles.map(([, name]) => name),
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'shape-rendering',
]);

/** Escapes text for XML content and for attributes in double quotes. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

const number = (value: number, digits = 2): string => String(Number(value.toFixed(digits)) + 0);
const numbers = (text: string, digits: number): string =>
  text.replace(/-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+/g, (n) => number(Number(n), digits));

const tag = (name: string, attributes: Attributes, content = ''): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
};

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

function styleOf(item: FigureItem): Attributes {
  const attributes: Attributes = {};
  for (const [channel, name] of styles) {
    const value = item[channel];
    if (value === null || value === undefined || value === 'transparent') continue;
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
  const lines = (Array.isArray(item.text) ? item.text : [item.text]).map((line) => {
    const text = line === null || line === undefined ? '' : String(line).trim();
    return typeof item.limit === 'number' && item.limit > 0 ? fitText(text, item.limit, size, weight) : text;
  });
  return { size, weight, lines, height: typeof item.lineHeight === 'number' ? item.lineHeight : size + 2 };
}

/** Text as text. */
function textElement(item: FigureItem): { attributes: Attributes; content: string } {
  const { size, weight, lines, height } = textOf(item);
  const attributes: Attributes = { 'font-size': number(size) };
  if (weight !== 400) attributes['font-weight'] = String(weight);
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

/** One item as an element: its tag, its attributes, its content. */
function element(
  type: string,
  item: FigureItem,
  outline?: Outline,
): { name: string; attributes: Attributes; content: string } {
  const style = styleOf(item);
  const x = item.x ?? 0;
  const y = item.y ?? 0;
  if (type === 'symbol' && (item.shape === undefined || item.shape === 'circle') && !item.angle) {
    const r = Math.sqrt(typeof item.size === 'number' ? item.size : 64) / 2;
    return {
      name: 'circle',
      attributes: { cx: number(x, 1), cy: number(y, 1), r: number(r), ...style },
      content: tooltipOf(item),
    };
  }
  if (type === 'rule') {
    const x2 = typeof item.x2 === 'number' ? item.x2 : x;
    const y2 = typeof item.y2 === 'number' ? item.y2 : y;
    const d = `M${number(x)},${number(y)}L${number(x2)},${number(y2)}`;
    return { name: 'path', attributes: { d, ...style }, content: tooltipOf(item) };
  }
  const mark = Marks[type];
  if (mark === undefined) throw new Error(`no mark is called ${type}`);
  const attributes: Attributes = {};
  // Neighbouring cells meet without a hairline of paper between them.
  if (type === 'rect' && !item.stroke) attributes['shape-rendering'] = 'crispEdges';
  const digits = type === 'line' || type === 'area' ? 1 : 2;
  mark.attr((name, value) => {
    if (value === null || value === undefined || name.startsWith('aria')) return;
    if (name === 'transform' && value === 'translate(0,0)') return;
    if (name === 'text-anchor' && value === 'start') return;
    attributes[name] = numbers(String(value), digits);
  }, item);
  if (type !== 'text') return { name: mark.tag, attributes: { ...attributes, ...style }, content: tooltipOf(item) };
  if (outline !== undefined) {
    const { 'text-anchor': _, ...placed } = attributes;
    return { name: 'path', attributes: { d: outlined(item, outline), ...placed, ...style }, content: '' };
  }
  const written = textElement(item);
  return { name: 'text', attributes: { ...attributes, ...style, ...written.attributes }, content: written.content };
}

const isInvisible = (item: FigureItem): boolean =>
  item.opacity === 0 || (item.marktype === 'text' && (item.text === '' || item.text === null));

/** Writes one figure; `id` starts each id inside it, so that figures do not collide on a page. */
class Writer {
  private readonly id: string;
  private readonly outline: Outline | undefined;
  private readonly clips: string[] = [];

  constructor(id: string, outline?: Outline) {
    this.id = id;
    this.outline = outline;
  }

  get definitions(): string {
    return this.clips.length === 0 ? '' : tag('defs', {}, this.clips.join(''));
  }

  /** The clip path of a rectangle of the group's size. */
  private clip(group: FigureItem): string {
    const id = `${this.id}-clip${this.clips.length + 1}`;
    const size = { width: number(Number(group.width ?? 0)), height: number(Number(group.height ?? 0)) };
    const known = this.clips.findIndex((clip) => clip.endsWith(`${tag('rect', size)}</clipPath>`));
    if (known >= 0) return `url(#${this.id}-clip${known + 1})`;
    this.clips.push(tag('clipPath', { id }, tag('rect', size)));
    return `url(#${id})`;
  }

  /** A mark: its items, with what they share moved to a group. */
  mark(scene: FigureScene): string {
    const own: Attributes = scene.clip && scene.group ? { 'clip-path': this.clip(scene.group) } : {};
    if (scene.marktype === 'group') {
      const groups: string[] = [];
      sceneVisit(scene, (item: FigureItem) => groups.push(this.group(item)));
      return wrap(own, groups.join(''));
    }
    const elements: ReturnType<typeof element>[] = [];
    if (Marks[scene.marktype]?.nested) {
      if (scene.items[0] !== undefined) elements.push(element(scene.marktype, scene.items[0], this.outline));
    } else
      sceneVisit(scene, (item: FigureItem) => {
        if (!isInvisible(item)) elements.push(element(scene.marktype, item, this.outline));
      });
    const visible = elements.filter(({ name, attributes, content }) =>
      name === 'text' ? content !== '' : attributes.d !== '',
    );
    const shared = visible.length < 2 ? {} : common(visible.map(({ attributes }) => attributes));
    const written = visible.map(({ name, attributes, content }) =>
      tag(name, Object.fromEntries(Object.entries(attributes).filter(([key]) => !(key in shared))), content),
    );
    return wrap({ ...own, ...shared }, written.join(''));
  }

  /** A group item: its background, then its marks. */
  private group(item: FigureItem): string {
    const style = styleOf(item);
    const parts: string[] = [];
    if (style.fill !== undefined || style.stroke !== undefined)
      parts.push(
        tag('path', { d: `M0,0h${number(Number(item.width ?? 0))}v${number(Number(item.height ?? 0))}H0Z`, ...style }),
      );
    const children: string[] = [];
    sceneVisit(item, (scene: FigureScene) => children.push(this.mark(scene)));
    parts.push(wrap(item.clip ? { 'clip-path': this.clip(item) } : {}, children.join('')));
    const x = number(item.x ?? 0);
    const y = number(item.y ?? 0);
    return wrap(x === '0' && y === '0' ? {} : { transform: `translate(${x},${y})` }, parts.join(''));
  }
}

const wrap = (attributes: Attributes, content: string): string =>
  content === '' ? '' : Object.keys(attributes).length === 0 ? content : tag('g', attributes, content);

/** The inheritable attributes that all of some elements have with the same value. */
function common(all: readonly Attributes[]): Attributes {
  const [first, ...others] = all;
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(
      ([name, value]) => inherited.has(name) && others.every((other) => other[name] === value),
    ),
  );
}

/** What an SVG figure consists of besides its scene. */
export type SvgFrame = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
  readonly title: string;
  readonly description: string;
  /** Draws text as outlines; text stays text if omitted. */
  readonly outline?: Outline | undefined;
};

/** A scene as a complete SVG element. Throws on literal colours, too small text and numbers that are not finite. */
export function toSvg(root: FigureScene, frame: SvgFrame): string {
  const writer = new Writer(frame.id, frame.outline);
  const body = wrap({ transform: `translate(${frame.origin.map((n) => number(n)).join(',')})` }, writer.mark(root));
  const broken = /="[^"]*?(NaN|undefined|Infinity)|>(NaN|undefined|[-−]?Infinity)</.exec(body);
  if (broken !== null)
    throw new Error(
      `${broken[1] ?? broken[2]} in the drawing: …${body.slice(Math.max(0, broken.index - 60), broken.index + 60)}…`,
    );
  const width = number(frame.width);
  const height = number(frame.height);
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'drawing',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${frame.id}-title`,
      'aria-describedby': `${frame.id}-desc`,
      'font-family': fontFamily,
      fill: 'none',
      'stroke-miterlimit': '4',
    },
    tag('title', { id: `${frame.id}-title` }, escapeXml(frame.title)) +
      tag('desc', { id: `${frame.id}-desc` }, escapeXml(frame.description)) +
      writer.definitions +
      body,
  );
}
