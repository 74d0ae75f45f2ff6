/**
 * A drawn scene as SVG text. It is Vega's scene graph, written by our own hand so that ids are local to the figure,
 * tooltips are native `<title>`s, attributes shared by all items of a mark stand once on their group, and numbers
 * have no more digits than a screen has pixels.
 */
import { type FigureItem, type FigureScene, Marks, sceneVisit } from 'vega';
import { isRounded } from './corners.ts';
import { type Element, elementOf, inherited, isInvisible, type Style, styleOf } from './elements.ts';
import { type Attributes, escapeXml, number, tag } from './markup.ts';
import { scaleOf, toPixels } from './surfaces.ts';
import { fontFamily } from './theme.ts';

/** Writes one figure; `id` starts each id inside it, so that figures do not collide on a page. */
class Writer {
  private readonly id: string;
  private readonly style: Style;
  private readonly clips = new Map<string, string>();

  constructor(id: string, style: Style) {
    this.id = id;
    this.style = style;
  }

  get definitions(): string {
    return this.clips.size === 0 ? '' : tag('defs', {}, [...this.clips.values()].join(''));
  }

  /** The clip path of a rectangle of the group's size, with the group's corners. */
  private clip(group: FigureItem): string {
    const size = { width: number(Number(group.width ?? 0)), height: number(Number(group.height ?? 0)) };
    let id = `${this.id}-clip-${size.width}-${size.height}`;
    let shape = tag('rect', size);
    if (isRounded(group)) {
      const { d } = elementOf('rect', outlineOf(group), { tooltips: false }).attributes;
      shape = tag('path', { d: d! });
      const known = [...this.clips].find(([, clip]) => clip.includes(shape));
      id = known?.[0] ?? `${id}-${this.clips.size + 1}`;
    }
    this.clips.set(id, tag('clipPath', { id }, shape));
    return `url(#${id})`;
  }

  /** A mark: its items, with what they share moved to a group. */
  mark(scene: FigureScene): Element[] {
    const own: Attributes = scene.clip && scene.group ? { 'clip-path': this.clip(scene.group) } : {};
    if (scene.marktype === 'group') {
      const groups: Element[] = [];
      sceneVisit(scene, (item: FigureItem) => groups.push(...this.group(item)));
      return grouped(own, groups);
    }
    const scale = scaleOf(scene);
    const items: FigureItem[] = [];
    if (Marks[scene.marktype]?.nested) items.push(...scene.items.slice(0, 1));
    else
      sceneVisit(scene, (item: FigureItem) => {
        if (!isInvisible(item)) items.push(item);
      });
    const visible = once(
      items
        .map((item) => elementOf(scene.marktype, item, this.style, scale))
        .filter(({ name, attributes, content }) =>
          name === 'text' ? content !== '' : name !== 'path' || Boolean(attributes.d),
        ),
    );
    const shared = visible.length < 2 ? {} : common(visible.map(({ attributes }) => attributes));
    const different = visible.map(({ attributes, ...element }) => ({
      ...element,
      attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !(key in shared))),
    }));
    const surface = scale && this.surface(JSON.stringify([shared, different.map(({ attributes }) => attributes)]));
    const placed = (elements: Element[]): Element[] =>
      grouped(own, grouped(scale ? { transform: toPixels(scale) } : {}, elements));
    if (surface !== undefined && this.style.surfaces?.refer)
      return placed([{ name: 'use', attributes: { href: `#${surface}` }, content: '' }]);
    const mayMerge =
      scene.marktype === 'rect' && areApart(items) ? 'all' : visible.every(isPlain) ? 'neighbours' : 'none';
    const drawn = merged(different, mayMerge);
    return placed(grouped(surface === undefined ? shared : { id: surface, ...shared }, drawn));
  }

  /** The id of a surface worth sharing; a drawing that refers has ids only for what others hold. */
  private surface(content: string): string | undefined {
    const { surfaces } = this.style;
    if (surfaces === undefined || content.length < 200) return undefined;
    const known = surfaces.ids.get(content);
    if (known !== undefined || surfaces.refer) return known;
    const id = `${this.id}-surface${surfaces.ids.size + 1}`;
    surfaces.ids.set(content, id);
    return id;
  }

  /** A group item: its background, then its marks, its outline before or after them. */
  private group(item: FigureItem): Element[] {
    const parts: Element[] = [];
    const outline = (own: FigureItem): void => {
      const style = styleOf(own);
      if (style.fill === undefined && style.stroke === undefined) return;
      if (isRounded(own)) parts.push(elementOf('rect', { ...own, x: 0, y: 0 }, { tooltips: false }));
      else {
        const d = `M0,0h${number(Number(item.width ?? 0))}v${number(Number(item.height ?? 0))}H0Z`;
        parts.push({ name: 'path', attributes: { d, ...style }, content: '' });
      }
    };
    // Stacked bars with rounded corners have their common outline over them.
    const over = item.strokeForeground === true;
    outline(over ? { ...item, stroke: null } : item);
    const children: Element[] = [];
    sceneVisit(item, (scene: FigureScene) => children.push(...this.mark(scene)));
    parts.push(...grouped(item.clip ? { 'clip-path': this.clip(item) } : {}, children));
    if (over) outline({ ...item, fill: null });
    const x = number(item.x ?? 0);
    const y = number(item.y ?? 0);
    return grouped(x === '0' && y === '0' ? {} : { transform: `translate(${x},${y})` }, parts);
  }
}

/** A group's rectangle, at its own origin. */
const outlineOf = (item: FigureItem): FigureItem => ({
  ...item,
  x: 0,
  y: 0,
  fill: null,
  stroke: null,
  opacity: 1,
  tooltip: null,
});

const written = (elements: readonly Element[]): string =>
  elements.map(({ name, attributes, content }) => tag(name, attributes, content)).join('');

/** Elements in a group with some attributes, which a single element takes over if that draws the same. */
function grouped(attributes: Attributes, elements: Element[]): Element[] {
  if (elements.length === 0 || Object.keys(attributes).length === 0) return elements;
  const [first, ...others] = elements;
  // A clip path or a transform applies before what is transformed outside.
  const isPlaced = Object.keys(first!.attributes).some((key) => !inherited.has(key) && key !== 'd');
  if (others.length > 0 || attributes['clip-path'] || isPlaced)
    return [{ name: 'g', attributes, content: written(elements) }];
  return [{ ...first!, attributes: { ...attributes, ...first!.attributes } }];
}

/** Whether rectangles without outline touch at most, so that their order does not matter. */
function areApart(items: readonly FigureItem[]): boolean {
  if (items.some(({ stroke }) => stroke)) return false;
  const tolerance = 0.01;
  const boxes = items
    .map(({ x = 0, y = 0, width, height }) => ({ x, y, right: x + Number(width), bottom: y + Number(height) }))
    .sort((a, b) => a.x - b.x);
  return boxes.every((box, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j]!.x < box.right - tolerance; j++)
      if (boxes[j]!.y < box.bottom - tolerance && boxes[j]!.bottom > box.y + tolerance) return false;
    return true;
  });
}

/** Whether items look the same where they overlap as where they do not: opaque, and an area or an outline, not both. */
const isPlain = ({ attributes }: Element): boolean =>
  !Object.keys(attributes).some((name) => name.endsWith('opacity')) &&
  ![attributes.fill, attributes.stroke].some((colour) => /#[0-9a-f]{8}\)$/.test(colour ?? '')) &&
  !(attributes.fill && attributes.stroke);

/** Of plain elements that are the same the last, which hides the others. */
function once(elements: readonly Element[]): Element[] {
  if (elements.length < 2) return [...elements];
  const seen = new Set<string>();
  return elements
    .toReversed()
    .filter((element) => {
      const key = `${Object.values(element.attributes).join(' ')} ${element.content}`;
      if (seen.has(key)) return !isPlain(element);
      seen.add(key);
      return true;
    })
    .reverse();
}

/** Paths that differ in nothing but their place as one path: all of them, or those next to each other. */
function merged(elements: readonly Element[], which: 'all' | 'neighbours' | 'none'): Element[] {
  if (which === 'none') return [...elements];
  const result: { key: string | undefined; element: Element }[] = [];
  for (const element of elements) {
    const { d, ...style } = element.attributes;
    const isPath = element.name === 'path' && element.content === '' && !style.transform;
    const key = isPath ? JSON.stringify(style) : undefined;
    const like = isPath && (which === 'all' ? result : result.slice(-1)).find((other) => other.key === key);
    if (like)
      like.element = { ...element, attributes: { ...element.attributes, d: `${like.element.attributes.d}${d}` } };
    else result.push({ key, element });
  }
  return result.map(({ element }) => element);
}

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
export type SvgFrame = Style & {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
  readonly title: string;
  /** What it shows, in words, or the id of the element that says it. */
  readonly description: string | { readonly id: string };
};

/** A scene as a complete SVG element. Throws on literal colours, too small text and numbers that are not finite. */
export function toSvg(root: FigureScene, frame: SvgFrame): string {
  const writer = new Writer(frame.id, frame);
  const origin = { transform: `translate(${frame.origin.map((n) => number(n)).join(',')})` };
  const body = written(grouped(origin, writer.mark(root)));
  const broken = /="[^"]*?(NaN|undefined|Infinity)|>(NaN|undefined|[-−]?Infinity)</.exec(body);
  if (broken !== null)
    throw new Error(
      `${broken[1] ?? broken[2]} in the drawing: …${body.slice(Math.max(0, broken.index - 60), broken.index + 60)}…`,
    );
  const width = number(frame.width);
  const height = number(frame.height);
  const { description } = frame;
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
      'aria-describedby': typeof description === 'string' ? `${frame.id}-desc` : description.id,
      'font-family': fontFamily,
      fill: 'none',
      'stroke-miterlimit': '4',
    },
    tag('title', { id: `${frame.id}-title` }, escapeXml(frame.title)) +
      (typeof description === 'string' ? tag('desc', { id: `${frame.id}-desc` }, escapeXml(description)) : '') +
      writer.definitions +
      body,
  );
}
