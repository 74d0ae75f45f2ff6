/**
 * Shapes that a page contains once for all layouts: filled shapes without an outline (bars, cells, bands, contours) have
 * path data in whole steps of their plot instead of pixels, which is short and the same in every layout.
 */
import type { FigureItem, FigureScene } from 'vega';
import { isRounded } from './corners.ts';
import { formatDecimal } from './markup.ts';

/** Steps along each side of a plot: a step is a third of a pixel in the wide layout. */
const stepsPerSide = 2000;

/** Steps per pixel of a plot, across and down. */
export type Scale = readonly [across: number, down: number];

/** The ids of shared shapes on a page, by content. A drawing adds its shapes, or with `refer` refers to those of others. */
export type SharedShapes = { readonly ids: Map<string, string>; readonly refer: boolean };

const hasOutline = (item: FigureItem): boolean => Boolean(item.stroke) && item.strokeWidth !== 0;

/** Whether a mark is drawn in steps. Not worth it for few rectangles; curves are not simplified. */
function isFilledShape({ marktype, items }: FigureScene): boolean {
  if (items.length === 0 || items.some(hasOutline)) return false;
  // Narrow ticks stay in pixels, since a third of a pixel would show.
  if (marktype === 'rect')
    return items.length >= 8 && items.every((item) => Number(item.width) >= 2 && !isRounded(item));
  const [{ fill, interpolate = 'linear' }] = items as readonly [FigureItem];
  return (marktype === 'line' || marktype === 'area') && Boolean(fill) && String(interpolate).startsWith('linear');
}

/** The scale of a mark's shapes; undefined for marks drawn in pixels. */
export function scaleOf(scene: FigureScene): Scale | undefined {
  const [width, height] = [scene.group?.width, scene.group?.height];
  if (typeof width !== 'number' || typeof height !== 'number' || !(width > 0 && height > 0)) return undefined;
  return isFilledShape(scene) ? [stepsPerSide / width, stepsPerSide / height] : undefined;
}

/** The transform from steps to pixels. */
export const toPixels = ([across, down]: Scale): string =>
  `scale(${formatDecimal(1 / across, 5)},${formatDecimal(1 / down, 5)})`;

/** A rectangle as path data, in steps if there is a scale; the empty string if it has no extent. */
export function rectangle(item: FigureItem, scale?: Scale): string {
  const [across, down] = scale ?? [1, 1];
  const [x, y] = [Number(item.x ?? 0), Number(item.y ?? 0)];
  const round = (value: number): number => Number(value.toFixed(scale ? 0 : 2));
  const [left, right] = [round(x * across), round((x + Number(item.width ?? 0)) * across)];
  const [top, bottom] = [round(y * down), round((y + Number(item.height ?? 0)) * down)];
  if ((left === right || top === bottom) && !item.stroke) return '';
  // Rounds both ends instead of the size, so that neighbouring cells meet exactly.
  return `M${left},${bottom}V${top}h${formatDecimal(right - left)}V${bottom}Z`;
}
