/** Axes, titles and marks of a compiled specification as this project has them, before anything is laid out. */

import { textWidth } from './metrics.ts';
import { colour } from './palette.ts';
import { areaOpacity } from './theme.ts';
import {
  isObject,
  type Json,
  scalesIn,
  type VegaAxis,
  type VegaLegend,
  type VegaNode,
  type VegaScale,
} from './vega-spec.ts';
import { wrapped } from './wrap.ts';

const stackOpacity = 0.85;

/** Gives a log or symlog axis ticks at powers of ten, unless its author chose values. */
function readableTicks(axis: VegaAxis, scale: VegaScale | undefined): void {
  // Vega-Lite asks for a tick every 40 px, which crowds a horizontal axis.
  if (axis.orient === 'bottom' && axis.tickCount?.signal !== undefined)
    axis.tickCount = { signal: axis.tickCount.signal.replace('/40)', '/75)') };
  if ((scale?.type !== 'log' && scale?.type !== 'symlog') || axis.values !== undefined) return;
  const domain = `domain('${scale.name}')`;
  // With a count Vega would thin these values once more.
  delete axis.tickCount;
  const room = axis.orient === 'bottom' ? 52 : 26;
  const most = `max(2, floor(abs(range('${scale.name}')[1] - range('${scale.name}')[0]) / ${room}))`;
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

/** Breaks an axis title that is longer than there is room. */
function titleInLines(axis: VegaAxis, room: number): void {
  if (typeof axis.title !== 'string' || (axis.titleAngle !== undefined && axis.titleAngle !== 0)) return;
  if (textWidth(axis.title, 12, 600) > room) axis.title = wrapped(axis.title, room, 12, 600);
}

/** Breaks the title of a view or the header of a panel that is wider than the panel. */
function headerInLines(node: VegaNode): void {
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

/** Whether an area lies on another: its ends are those of a stack. */
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

/** What an author says of the opacity of an area takes the place of what the theme has, as in Vega-Lite. */
function ownOpacity(update: Json | undefined): void {
  if (update?.opacity === undefined || (isObject(update.opacity) && update.opacity.value === 1)) return;
  const { fillOpacity } = update;
  if (fillOpacity === undefined || (isObject(fillOpacity) && fillOpacity.value === areaOpacity))
    update.fillOpacity = { value: 1 };
}

/** Values stacked on one another fill their place, where the theme lets a single area shine through. */
function fillStacks(node: VegaNode): boolean {
  let found = false;
  for (const mark of node.marks ?? []) {
    if (mark.type === 'group') found = fillStacks(mark) || found;
    else if (mark.type === 'area') ownOpacity(mark.encode?.update);
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

/** Vega-Lite's own blue for the median of a box without height. */
function paletteOnly(mark: VegaNode): void {
  const fill = mark.encode?.update?.fill;
  for (const rule of [fill].flat()) if (isObject(rule) && rule.value === '#4c78a8') rule.value = colour('c1');
}

/** The symbols of a legend that shows no colour: Vega-Lite has them black where marks have many colours. */
function softSymbols(legend: VegaLegend): void {
  const update = legend.encode?.symbols?.update;
  for (const rule of [update?.fill, update?.stroke])
    if (isObject(rule) && rule.value === 'black') rule.value = colour('ink-soft');
}

/** Completes a scope and those within it. `width` is the width of what has none of its own. */
export function completeGuides(
  node: VegaNode,
  top: VegaNode,
  width: number,
  outer: ReadonlyMap<string, VegaScale> = new Map(),
): void {
  if (node === top) fillStacks(top);
  const scales = scalesIn(node, outer);
  const own = node.encode?.update?.width;
  const named = isObject(own) ? top.signals?.find(({ name }) => name === own.signal)?.value : node.width;
  const room = typeof named === 'number' ? named : width;
  // Labels and a title above a plot have the place where titles of y stand.
  const above = node.axes?.find(({ orient, labels }) => orient === 'top' && labels !== false);
  for (const axis of node.axes ?? []) {
    if (above && (axis.orient === 'left' || axis.orient === 'right') && !axis.titleAngle)
      axis.titleY ??= above.title ? -47 : -31;
    readableTicks(axis, scales.get(axis.scale));
    titleInLines(axis, Math.max(100, room));
  }
  headerInLines(node);
  for (const legend of node.legends ?? []) {
    softSymbols(legend);
    if (legend.encode?.symbols?.update?.fillOpacity !== undefined) ownOpacity(legend.encode.symbols.update);
  }
  for (const mark of node.marks ?? [])
    if (mark.type === 'group') completeGuides(mark, top, room, scales);
    else paletteOnly(mark);
}
