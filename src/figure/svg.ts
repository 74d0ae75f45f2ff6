/**
 * A drawn scene as SVG text. It is Vega's scene graph, written by our own hand so that ids are local to the figure,
 * tooltips are native `<title>`s, attributes shared by all items of a mark stand once on their group, and numbers
 * have no more digits than a screen has pixels.
 */
import { type FigureItem, type FigureScene, Marks, sceneVisit } from 'vega';
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

  /** The clip path of a rectangle of the group's size. */
  private clip(group: FigureItem): string {
    const size = { width: number(Number(group.width ?? 0)), height: number(Number(group.height ?? 0)) };
    const id = `${this.id}-clip-${size.width}-${size.height}`;
    this.clips.set(id, tag('clipPath', { id }, tag('rect', size)));
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
    const scale = scaleOf(scene);
    const elements: Element[] = [];
    if (Marks[scene.marktype]?.nested) {
      if (scene.items[0] !== undefined) elements.push(elementOf(scene.marktype, scene.items[0], this.style, scale));
    } else
      sceneVisit(scene, (item: FigureItem) => {
        if (!isInvisible(item)) elements.push(elementOf(scene.marktype, item, this.style, scale));
      });
    const visible = elements.filter(({ name, attributes, content }) =>
      name === 'text' ? content !== '' : attributes.d !== '',
    );
    const shared = visible.length < 2 ? {} : common(visible.map(({ attributes }) => attributes));
    const different = visible.map(({ attributes }) => Object.entries(attributes).filter(([key]) => !(key in shared)));
    const surface = scale && this.surface(JSON.stringify([shared, different]));
    const placed = (content: string): string => wrap(own, wrap(scale ? { transform: toPixels(scale) } : {}, content));
    if (surface !== undefined && this.style.surfaces?.refer) return placed(tag('use', { href: `#${surface}` }));
    // Paths that differ in nothing but their place are one path.
    const mergeable = visible.every(
      ({ name, content }, i) => name === 'path' && content === '' && different[i]!.length === 1,
    );
    const written =
      mergeable && visible.length > 1
        ? tag('path', { d: visible.map(({ attributes }) => attributes.d).join('') })
        : visible.map(({ name, content }, i) => tag(name, Object.fromEntries(different[i]!), content)).join('');
    return placed(wrap(surface === undefined ? shared : { id: surface, ...shared }, written));
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
  const body = wrap({ transform: `translate(${frame.origin.map((n) => number(n)).join(',')})` }, writer.mark(root));
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
