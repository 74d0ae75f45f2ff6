/**
 * Surfaces without an outline (bars, cells, bands, contours) are measured in whole steps of their plot rather than in
 * pixels: their path data is short, and the same in every layout, so that a page need hold it once.
 */
import type { FigureItem, FigureScene } from 'vega';
import { isRounded } from './corners.ts';
import { number } from './markup.ts';

/** Steps along each side of a plot: one is a third of a pixel in the widest. */
const steps = 2000;

/** Steps a pixel of one plot, across and down. */
export type Scale = readonly [across: number, down: number];

/** The surfaces of the drawings of one page, with their ids, by content. Drawings add to them, or refer to what they hold. */
export type Surfaces = { readonly ids: Map<string, string>; readonly refer: boolean };

const hasOutline = (item: FigureItem): boolean => Boolean(item.stroke) && item.strokeWidth !== 0;

/** Whether a mark is surfaces. A mark of few rectangles is not worth it, and curves are only rounded. */
function isSurface({ marktype, items }: FigureScene): boolean {
  if (items.length === 0 || items.some(hasOutline)) return false;
  // Ticks stay in pixels: to them a third of a pixel matters.
  if (marktype === 'rect')
    return items.length >= 8 && items.every((item) => Number(item.width) >= 2 && !isRounded(item));
  const [{ fill, interpolate = 'linear' }] = items as readonly [FigureItem];
  return (marktype === 'line' || marktype === 'area') && Boolean(fill) && String(interpolate).startsWith('linear');
}

/** The scale that the surfaces of a mark are drawn in; none for what is drawn in pixels. */
export function scaleOf(scene: FigureScene): Scale | undefined {
  const [width, height] = [scene.group?.width, scene.group?.height];
  if (typeof width !== 'number' || typeof height !== 'number' || !(width > 0 && height > 0)) return undefined;
  return isSurface(scene) ? [steps / width, steps / height] : undefined;
}

/** The transform that makes pixels of steps. */
export const toPixels = ([across, down]: Scale): string => `scale(${number(1 / across, 5)},${number(1 / down, 5)})`;

/** A rectangle as path data, in steps if there is a scale; nothing if it has no extent. */
export function rectangle(item: FigureItem, scale?: Scale): string {
  const [across, down] = scale ?? [1, 1];
  const [x, y] = [Number(item.x ?? 0), Number(item.y ?? 0)];
  const round = (value: number): number => Number(value.toFixed(scale ? 0 : 2));
  const [left, right] = [round(x * across), round((x + Number(item.width ?? 0)) * across)];
  const [top, bottom] = [round(y * down), round((y + Number(item.height ?? 0)) * down)];
  if ((left === right || top === bottom) && !item.stroke) return '';
  // Both ends are rounded, not the size: cells end where the next begin, and bars of one chart differ in one number.
  return `M${left},${bottom}V${top}h${number(right - left)}V${bottom}Z`;
}
