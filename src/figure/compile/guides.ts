/** Adjusts axes, titles, legends and opacities of a compiled specification before layout. */
import { colour } from '../palette.ts';
import { textWidth } from '../text/metrics.ts';
import { wrapLines } from '../text/wrap.ts';
import { areaOpacity } from '../theme.ts';
import {
  isObject,
  type Json,
  scalesIn,
  type VegaAxis,
  type VegaLegend,
  type VegaNode,
  type VegaScale,
} from './vega-spec.ts';

const stackOpacity = 0.85;

/** Gives a log or symlog axis ticks at powers of ten, unless its author set `values`. */
function readableTicks(axis: VegaAxis, scale: VegaScale | undefined): void {
  // Vega-Lite asks for a tick every 40 px, which crowds a horizontal axis.
  if (axis.orient === 'bottom' && axis.tickCount?.signal !== undefined)
    axis.tickCount = { signal: axis.tickCount.signal.replace('/40)', '/75)') };
  if ((scale?.type !== 'log' && scale?.type !== 'symlog') || axis.values !== undefined) return;
  const domain = `domain('${scale.name}')`;
  // With a count, Vega would drop some of these values.
  delete axis.tickCount;
  const spacing = axis.orient === 'bottom' ? 52 : 26;
  const most = `max(2, floor(abs(range('${scale.name}')[1] - range('${scale.name}')[0]) / ${spacing}))`;
  axis.values = {
    signal:
      scale.type === 'log' ? `logTicks(${domain}, ${most})` : `symlogTicks(${domain}, ${scale.constant ?? 1}, ${most})`,
  };
  if (axis.labels === false || axis.format !== undefined || axis.encode?.labels?.update?.text !== undefined) return;
  const text = { signal: scale.type === 'log' ? `logLabel(datum.value, ${domain})` : 'symlogLabel(datum.value)' };
  axis.encode = {
    ...axis.encode,
    labels: { ...axis.encode?.labels, update: { ...axis.encode?.labels?.update, text } },
  };
}

/** Takes the backslashes out of a title that is the name of a column with dots or brackets, `cpu\\.load`. */
function plainTitle(guide: { title?: unknown }): void {
  if (typeof guide.title === 'string') guide.title = guide.title.replace(/\\([.[\]'"])/g, '$1');
}

/** Wraps an axis title to `maxWidth` pixels. */
function wrapAxisTitle(axis: VegaAxis, maxWidth: number): void {
  if (typeof axis.title !== 'string' || (axis.titleAngle !== undefined && axis.titleAngle !== 0)) return;
  if (textWidth(axis.title, 12, 600) > maxWidth) axis.title = wrapLines(axis.title, maxWidth, 12, 600);
}

/** Wraps the title of a view or the header of a panel to the panel's width. */
function wrapHeader(node: VegaNode): void {
  const { title, encode } = node;
  const width = encode?.update?.width;
  if (title === undefined || !isObject(width) || typeof width.signal !== 'string') return;
  const { text } = title;
  const own =
    isObject(text) && typeof text.signal === 'string'
      ? text.signal
      : typeof text === 'string'
        ? JSON.stringify(text)
        : undefined;
  if (own !== undefined) title.text = { signal: `wrappedText(${own}, ${width.signal}, 12, 600)` };
}

/** Whether an area is a part of a stack. */
function isStackedArea({ type, encode }: VegaNode): boolean {
  const field = (rule: unknown): string => String((isObject(rule) ? rule.field : undefined) ?? '');
  return (
    type === 'area' &&
    ['x', 'y'].some((axis) => {
      const [a, b] = [field(encode?.update?.[axis]), field(encode?.update?.[`${axis}2`])];
      return a.endsWith('_end') && b === a.replace(/_end$/, '_start');
    })
  );
}

/** If an author sets the opacity of an area, removes the theme's fill opacity, which would multiply it. */
function preferAuthorOpacity(update: Json | undefined): void {
  if (update?.opacity === undefined || (isObject(update.opacity) && update.opacity.value === 1)) return;
  const { fillOpacity } = update;
  if (fillOpacity === undefined || (isObject(fillOpacity) && fillOpacity.value === areaOpacity))
    update.fillOpacity = { value: 1 };
}

/** Makes stacked areas nearly opaque, where the theme has single areas translucent. Returns whether there are any. */
function fillStackedAreas(node: VegaNode): boolean {
  let found = false;
  for (const mark of node.marks ?? []) {
    if (mark.type === 'group') found = fillStackedAreas(mark) || found;
    else if (mark.type === 'area') preferAuthorOpacity(mark.encode?.update);
    if (!isStackedArea(mark)) continue;
    found = true;
    const update = mark.encode?.update;
    if (update !== undefined) update.fillOpacity ??= { value: stackOpacity };
  }
  for (const legend of found ? (node.legends ?? []) : []) {
    const opacity = legend.encode?.symbols?.update?.fillOpacity;
    if (isObject(opacity) && opacity.value === areaOpacity) opacity.value = stackOpacity;
  }
  return found;
}

/** Replaces Vega-Lite's default blue, which it uses for the median of a box without height. */
function replaceDefaultBlue(mark: VegaNode): void {
  const fill = mark.encode?.update?.fill;
  for (const rule of [fill].flat()) if (isObject(rule) && rule.value === '#4c78a8') rule.value = colour('c1');
}

/** Replaces Vega-Lite's black in the symbols of a legend that shows no colour. */
function replaceBlackSymbols(legend: VegaLegend): void {
  const update = legend.encode?.symbols?.update;
  for (const rule of [update?.fill, update?.stroke])
    if (isObject(rule) && rule.value === 'black') rule.value = colour('ink-soft');
}

/** Adjusts a scope and those inside it. `width` is for scopes without a width of their own. */
export function completeGuides(
  node: VegaNode,
  top: VegaNode,
  width: number,
  outer: ReadonlyMap<string, VegaScale> = new Map(),
): void {
  if (node === top) fillStackedAreas(top);
  const scales = scalesIn(node, outer);
  const own = node.encode?.update?.width;
  const named = isObject(own) ? top.signals?.find(({ name }) => name === own.signal)?.value : node.width;
  const plotWidth = typeof named === 'number' ? named : width;
  // Labels and a title at the top take the place of y titles, which move up.
  const above = node.axes?.find(({ orient, labels }) => orient === 'top' && labels !== false);
  for (const axis of node.axes ?? []) {
    if (above && (axis.orient === 'left' || axis.orient === 'right') && !axis.titleAngle)
      axis.titleY ??= above.title ? -47 : -31;
    readableTicks(axis, scales.get(axis.scale));
    plainTitle(axis);
    wrapAxisTitle(axis, Math.max(100, plotWidth));
  }
  wrapHeader(node);
  for (const legend of node.legends ?? []) {
    plainTitle(legend);
    replaceBlackSymbols(legend);
    if (legend.encode?.symbols?.update?.fillOpacity !== undefined) preferAuthorOpacity(legend.encode.symbols.update);
  }
  for (const mark of node.marks ?? [])
    if (mark.type === 'group') completeGuides(mark, top, plotWidth, scales);
    else replaceDefaultBlue(mark);
}
