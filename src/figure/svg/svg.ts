/**
 * Writes Vega's scene graph as SVG. Unlike Vega's own writer: ids are unique to the figure, tooltips are native
 * `<title>`s, attributes that all items of a mark share are written once on their group, and numbers are rounded to what
 * a screen can show.
 */
import { type FigureItem, type FigureScene, Marks, sceneVisit } from 'vega';
import { fontFamily } from '../theme.ts';
import { isRounded } from './corners.ts';
import { type Element, elementOf, inheritedAttributes, isInvisible, type Style, styleOf } from './elements.ts';
import { type Attributes, escapeXml, formatDecimal, tag } from './markup.ts';
import { scaleOf, toPixels } from './shared-shapes.ts';

/** Writes one figure. `id` is the prefix of each id inside it, so that figures do not collide on a page. */
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

  /** A reference to the clip path of a group: a rectangle of its size, with its corners. */
  private clip(group: FigureItem): string {
    const size = { width: formatDecimal(Number(group.width ?? 0)), height: formatDecimal(Number(group.height ?? 0)) };
    let id = `${this.id}-clip-${size.width}-${size.height}`;
    let shape = tag('rect', size);
    if (isRounded(group)) {
      const { d } = elementOf('rect', clipRectangle(group), { tooltips: false }).attributes;
      shape = tag('path', { d: d! });
      const known = [...this.clips].find(([, clip]) => clip.includes(shape));
      id = known?.[0] ?? `${id}-${this.clips.size + 1}`;
    }
    this.clips.set(id, tag('clipPath', { id }, shape));
    return `url(#${id})`;
  }

  /** A mark: its items, in a group with the attributes that they share. */
  mark(scene: FigureScene): Element[] {
    const own: Attributes = scene.clip && scene.group ? { 'clip-path': this.clip(scene.group) } : {};
    if (scene.marktype === 'group') {
      const groups: Element[] = [];
      sceneVisit(scene, (item: FigureItem) => groups.push(...this.group(item)));
      return wrapInGroup(own, groups);
    }
    const scale = scaleOf(scene);
    const items: FigureItem[] = [];
    if (Marks[scene.marktype]?.nested) items.push(...scene.items.slice(0, 1));
    else
      sceneVisit(scene, (item: FigureItem) => {
        if (!isInvisible(item)) items.push(item);
      });
    const visible = withoutDuplicates(
      items
        .map((item) => elementOf(scene.marktype, item, this.style, scale))
        .filter(({ name, attributes, content }) =>
          name === 'text' ? content !== '' : name !== 'path' || Boolean(attributes.d),
        ),
    );
    const shared = visible.length < 2 ? {} : commonAttributes(visible.map(({ attributes }) => attributes));
    const different = visible.map(({ attributes, ...element }) => ({
      ...element,
      attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !(key in shared))),
    }));
    const shapeId =
      scale && this.sharedShapeId(JSON.stringify([shared, different.map(({ attributes }) => attributes)]));
    const place = (elements: Element[]): Element[] =>
      wrapInGroup(own, wrapInGroup(scale ? { transform: toPixels(scale) } : {}, elements));
    if (shapeId !== undefined && this.style.surfaces?.refer)
      return place([{ name: 'use', attributes: { href: `#${shapeId}` }, content: '' }]);
    const mayMerge =
      scene.marktype === 'rect' && areDisjoint(items) ? 'all' : visible.every(isPlain) ? 'neighbours' : 'none';
    const drawn = mergePaths(different, mayMerge);
    return place(wrapInGroup(shapeId === undefined ? shared : { id: shapeId, ...shared }, drawn));
  }

  /** The id of a shared shape; undefined if it is too short to share, or with `refer`, if no other drawing has it. */
  private sharedShapeId(content: string): string | undefined {
    const { surfaces } = this.style;
    if (surfaces === undefined || content.length < 200) return undefined;
    const known = surfaces.ids.get(content);
    if (known !== undefined || surfaces.refer) return known;
    const id = `${this.id}-surface${surfaces.ids.size + 1}`;
    surfaces.ids.set(content, id);
    return id;
  }

  /** A group item: its background and outline, then its marks. */
  private group(item: FigureItem): Element[] {
    const parts: Element[] = [];
    const outline = (own: FigureItem): void => {
      const style = styleOf(own);
      if (style.fill === undefined && style.stroke === undefined) return;
      if (isRounded(own)) parts.push(elementOf('rect', { ...own, x: 0, y: 0 }, { tooltips: false }));
      else {
        const d = `M0,0h${formatDecimal(Number(item.width ?? 0))}v${formatDecimal(Number(item.height ?? 0))}H0Z`;
        parts.push({ name: 'path', attributes: { d, ...style }, content: '' });
      }
    };
    // The common outline of stacked bars with rounded corners lies over the bars.
    const over = item.strokeForeground === true;
    outline(over ? { ...item, stroke: null } : item);
    const children: Element[] = [];
    sceneVisit(item, (scene: FigureScene) => children.push(...this.mark(scene)));
    parts.push(...wrapInGroup(item.clip ? { 'clip-path': this.clip(item) } : {}, children));
    if (over) outline({ ...item, fill: null });
    const x = formatDecimal(item.x ?? 0);
    const y = formatDecimal(item.y ?? 0);
    return wrapInGroup(x === '0' && y === '0' ? {} : { transform: `translate(${x},${y})` }, parts);
  }
}

/** A group's rectangle at its own origin, without style. */
const clipRectangle = (item: FigureItem): FigureItem => ({
  ...item,
  x: 0,
  y: 0,
  fill: null,
  stroke: null,
  opacity: 1,
  tooltip: null,
});

const toMarkup = (elements: readonly Element[]): string =>
  elements.map(({ name, attributes, content }) => tag(name, attributes, content)).join('');

/** Puts elements into a group with some attributes; a single element gets the attributes itself if that draws the same. */
function wrapInGroup(attributes: Attributes, elements: Element[]): Element[] {
  if (elements.length === 0 || Object.keys(attributes).length === 0) return elements;
  const [first, ...others] = elements;
  // Not with an own transform or clip path, which would apply in another order.
  const isPlaced = Object.keys(first!.attributes).some((key) => !inheritedAttributes.has(key) && key !== 'd');
  if (others.length > 0 || attributes['clip-path'] || isPlaced)
    return [{ name: 'g', attributes, content: toMarkup(elements) }];
  return [{ ...first!, attributes: { ...attributes, ...first!.attributes } }];
}

/** Whether rectangles have no outline and do not overlap, so that their order does not matter. */
function areDisjoint(items: readonly FigureItem[]): boolean {
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

/** Whether an overlap of such elements would not be seen: opaque, and either filled or stroked, not both. */
const isPlain = ({ attributes }: Element): boolean =>
  !Object.keys(attributes).some((name) => name.endsWith('opacity')) &&
  ![attributes.fill, attributes.stroke].some((colour) => /#[0-9a-f]{8}\)$/.test(colour ?? '')) &&
  !(attributes.fill && attributes.stroke);

/** Elements without duplicates of plain ones: only the last is seen. */
function withoutDuplicates(elements: readonly Element[]): Element[] {
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

/** Merges paths of the same style into one path: all of them, or only neighbours. */
function mergePaths(elements: readonly Element[], which: 'all' | 'neighbours' | 'none'): Element[] {
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
function commonAttributes(all: readonly Attributes[]): Attributes {
  const [first, ...others] = all;
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(
      ([name, value]) => inheritedAttributes.has(name) && others.every((other) => other[name] === value),
    ),
  );
}

/** Options of `toSvg`: size, origin, accessible texts. */
export type SvgOptions = Style & {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly origin: readonly [x: number, y: number];
  readonly title: string;
  /** The description as text, or the id of an element that has it. */
  readonly description: string | { readonly id: string };
};

/** A scene as a complete SVG element. Throws for literal colours, text that is too small and numbers that are not finite. */
export function toSvg(root: FigureScene, frame: SvgOptions): string {
  const writer = new Writer(frame.id, frame);
  const origin = { transform: `translate(${frame.origin.map((n) => formatDecimal(n)).join(',')})` };
  const body = toMarkup(wrapInGroup(origin, writer.mark(root)));
  const broken = /="[^"]*?(NaN|undefined|Infinity)|>(NaN|undefined|[-−]?Infinity)</.exec(body);
  if (broken !== null)
    throw new Error(
      `${broken[1] ?? broken[2]} in the drawing: …${body.slice(Math.max(0, broken.index - 60), broken.index + 60)}…`,
    );
  const width = formatDecimal(frame.width);
  const height = formatDecimal(frame.height);
  const { description } = frame;
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'drawing',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      // On pages, whose style keeps browsers from laying out what is off the screen: the viewBox is unknown there.
      ...(!frame.outline && { style: `aspect-ratio:${width}/${height}` }),
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
