/** A fixed list of edits that an author would make to a foreign specification when an error message asks for it. */
import { isObject, type Json } from '../../../src/figure/compile/vega-spec.ts';
import type { FigureSpec, Layout } from '../../../src/figure/index.ts';
import { series } from '../../../src/figure/palette.ts';

/** An edit, and the message that asks for it. */
export type Edit = {
  readonly name: string;
  readonly when: RegExp;
  readonly apply: (spec: Json) => Json;
};

/** A copy with each property replaced by the result of `change` (undefined removes it), except data. */
function mapProperties(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapProperties(each, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (key === 'values' || key === 'datasets' || key === 'data') return [[key, each]];
      const next = change(key, each);
      return next === undefined ? [] : [[key, next === each ? mapProperties(each, change) : next]];
    }),
  );
}

const isColour = (key: string): boolean => /colou?r|^fill$|^stroke$|^background$/i.test(key);

/** Replaces literal colours by the palette's, in order of appearance, and removes schemes and backgrounds. */
function palette(spec: Json): Json {
  const known = new Map<string, string>();
  const paletteColour = (value: string): string => {
    if (value.startsWith('var(') || /^(transparent|none)$/.test(value) || value === '') return value;
    if (!known.has(value)) known.set(value, series[known.size % series.length]!);
    return known.get(value)!;
  };
  const within = (key: string, value: unknown): unknown => {
    if (key === 'background' || key === 'scheme') return undefined;
    if (key === 'range' && isObject(value)) return undefined;
    if ((key === 'stroke' || key === 'fill') && value === '') return null;
    if (isColour(key) && typeof value === 'string') return paletteColour(value);
    if (isColour(key) && isObject(value)) return colourChannel(value);
    return value;
  };
  const colourChannel = (channel: Json): Json => {
    const { scale, ...rest } = mapProperties(channel, (key, value) =>
      key === 'value' && typeof value === 'string' ? paletteColour(value) : within(key, value),
    ) as Json;
    if (!isObject(scale)) return scale === undefined ? rest : { ...rest, scale };
    const { range, interpolate: _, ...kept } = scale;
    const isContinuous = channel.type === 'quantitative' || channel.type === 'temporal' || 'aggregate' in channel;
    if (isContinuous || !Array.isArray(range))
      return { ...rest, scale: typeof range === 'string' ? { ...kept, range } : kept };
    return {
      ...rest,
      scale: { ...kept, range: range.map((value) => (typeof value === 'string' ? paletteColour(value) : value)) },
    };
  };
  return mapProperties(spec, within) as Json;
}

/** Scales plots to the layout's width; `wasWide` is the drawing's width before. */
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
  const sized = mapProperties(spec, (key, value) => (key === 'width' ? scaled(value, 20) : value)) as Json;
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

/** All edits, in the order in which they are tried. */
export const edits: readonly Edit[] = [
  { name: 'title', when: /title/, apply: ({ title: _, ...rest }) => rest },
  { name: 'colours', when: /colou?r|scheme|background/, apply: palette },
  {
    name: 'invalid',
    when: /invalid/,
    apply: (original) => {
      const spec = mapProperties(original, (key, value) =>
        key === 'invalid' && value === null ? undefined : value,
      ) as Json;
      const config = isObject(spec.config) ? spec.config : {};
      return {
        ...spec,
        config: { ...config, mark: { ...(isObject(config.mark) ? config.mark : {}), invalid: 'filter' } },
      };
    },
  },
  // It depends on the layout, so the function below applies it.
  { name: 'size', when: /px wide/, apply: (spec) => spec },
];

/** A specification with edits applied, as a function of its layout. `wide` is the drawing's width before the edit `size`. */
export function applyEdits(original: Json, applied: readonly Edit[], wide: number): (layout: Layout) => FigureSpec {
  const spec = applied.reduce((edited, edit) => edit.apply(edited), original);
  const fits = applied.some(({ name }) => name === 'size');
  return (layout) => (fits ? size(spec, layout, wide) : spec) as unknown as FigureSpec;
}
