/** What an author would mend of a specification from elsewhere when a message asks for it: a fixed list. */
import type { FigureSpec, Layout } from '../../../src/figure/index.ts';
import { series } from '../../../src/figure/palette.ts';

export type Json = Record<string, unknown>;

/** One edit: which message asks for it, what it does. */
export type Edit = {
  readonly name: string;
  readonly when: RegExp;
  readonly apply: (spec: Json) => Json;
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy in which `change` has replaced what it wants to; data stay as they are. */
function changed(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => changed(each, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (key === 'values' || key === 'datasets' || key === 'data') return [[key, each]];
      const next = change(key, each);
      return next === undefined ? [] : [[key, next === each ? changed(each, change) : next]];
    }),
  );
}

const isColour = (key: string): boolean => /colou?r|^fill$|^stroke$|^background$/i.test(key);

/** Literal colours become the palette's in the order of their appearance; schemes and backgrounds go. */
function palette(spec: Json): Json {
  const known = new Map<string, string>();
  const ours = (value: string): string => {
    if (value.startsWith('var(') || /^(transparent|none)$/.test(value) || value === '') return value;
    if (!known.has(value)) known.set(value, series[known.size % series.length]!);
    return known.get(value)!;
  };
  const within = (key: string, value: unknown): unknown => {
    if (key === 'background' || key === 'scheme') return undefined;
    if (key === 'range' && isObject(value)) return undefined;
    if ((key === 'stroke' || key === 'fill') && value === '') return null;
    if (isColour(key) && typeof value === 'string') return ours(value);
    if (isColour(key) && isObject(value)) return colourChannel(value);
    return value;
  };
  const colourChannel = (channel: Json): Json => {
    const { scale, ...rest } = changed(channel, (key, value) =>
      key === 'value' && typeof value === 'string' ? ours(value) : within(key, value),
    ) as Json;
    if (!isObject(scale)) return scale === undefined ? rest : { ...rest, scale };
    const { range, interpolate: _, ...kept } = scale;
    if (channel.type === 'quantitative' || channel.type === 'temporal' || 'aggregate' in channel)
      return { ...rest, scale: typeof range === 'string' ? { ...kept, range } : kept };
    if (!Array.isArray(range)) return { ...rest, scale: typeof range === 'string' ? { ...kept, range } : kept };
    return {
      ...rest,
      scale: { ...kept, range: range.map((value) => (typeof value === 'string' ? ours(value) : value)) },
    };
  };
  return changed(spec, within) as Json;
}

/** Plots as wide as fits, given how wide the drawing was. */
function size(spec: Json, layout: Layout, wasWide: number): Json {
  const by = layout.width / wasWide;
  const scaled = (value: unknown, least: number): unknown =>
    typeof value === 'number'
      ? Math.max(least, Math.floor(value * by))
      : isObject(value) && typeof value.step === 'number'
        ? { ...value, step: Math.max(4, Math.floor(value.step * by)) }
        : value;
  const config = isObject(spec.config) ? spec.config : {};
  const view = isObject(config.view) ? config.view : {};
  const sized = changed(spec, (key, value) => (key === 'width' ? scaled(value, 20) : value)) as Json;
  return {
    ...sized,
    config: {
      ...(isObject(sized.config) ? sized.config : {}),
      view: {
        ...view,
        continuousWidth: scaled(view.continuousWidth ?? 300, 20),
        discreteWidth: scaled(view.discreteWidth ?? { step: 22 }, 20),
      },
    },
  };
}

/** The list, in the order in which edits are tried. */
export const edits: readonly Edit[] = [
  { name: 'title', when: /title/, apply: ({ title: _, ...rest }) => rest },
  { name: 'colours', when: /colou?r|scheme|background/, apply: palette },
  {
    name: 'invalid',
    when: /invalid/,
    apply: (original) => {
      const spec = changed(original, (key, value) => (key === 'invalid' && value === null ? undefined : value)) as Json;
      const config = isObject(spec.config) ? spec.config : {};
      return {
        ...spec,
        config: { ...config, mark: { ...(isObject(config.mark) ? config.mark : {}), invalid: 'filter' } },
      };
    },
  },
  // What it does depends on the layout: see `mended`.
  { name: 'size', when: /px wide/, apply: (spec) => spec },
];

/** A specification with some edits, as a function of its layout; `wide` is how wide it was before it was made to fit. */
export function mended(original: Json, applied: readonly Edit[], wide: number): (layout: Layout) => FigureSpec {
  const spec = applied.reduce((edited, edit) => edit.apply(edited), original);
  const fits = applied.some(({ name }) => name === 'size');
  return (layout) => (fits ? size(spec, layout, wide) : spec) as unknown as FigureSpec;
}
