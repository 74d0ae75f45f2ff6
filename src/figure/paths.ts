/** Straight paths with no more points than a screen can tell apart. */

import type { Scale } from './surfaces.ts';

type Point = readonly [x: number, y: number];

/** Pixels that a line may leave its points by: less than anyone sees. */
const tolerance = 0.25;

/** Distance of p from the segment a b. */
function distance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** The points that a polyline needs so that none of the others is further off than `tolerated` (Douglas & Peucker 1973). */
export function simplified(points: readonly Point[], tolerated = tolerance): Point[] {
  const kept = new Set([0, points.length - 1]);
  const open = [[0, points.length - 1]] as [number, number][];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let far = { at: -1, by: tolerated };
    for (let at = from + 1; at < to; at++) {
      const by = distance(points[at]!, points[from]!, points[to]!);
      if (by > far.by) far = { at, by };
    }
    if (far.at < 0) continue;
    kept.add(far.at);
    open.push([from, far.at], [far.at, to]);
  }
  return points.filter((_, at) => kept.has(at));
}

const toTenth = (value: number): number => Math.round(value * 10) / 10 + 0;
const toWhole = (value: number): number => Math.round(value) + 0;

/**
 * Path data of straight lines, simplified, in relative steps: to a tenth of a pixel, or to a whole step of a scale.
 * Curves are only rounded. Lines leave their points by `tolerated` at most, in pixels, or by a step of the scale.
 */
export function compactPath(d: string, scale?: Scale, tolerated = tolerance): string {
  if (/[^MLZ\d.,\s+e-]/.test(d)) return d.replace(/-?\d*\.?\d+(?:e-?\d+)?/g, (n) => String(toTenth(Number(n))));
  const [across, down] = scale ?? [1, 1];
  const round = scale ? toWhole : toTenth;
  return d
    .split(/(?=M)/)
    .map((part) => {
      const points = [...part.matchAll(/(-?\d*\.?\d+(?:e-?\d+)?)[,\s]+(-?\d*\.?\d+(?:e-?\d+)?)/g)].map(
        ([, x, y]) => [Number(x) * across, Number(y) * down] as const,
      );
      if (points.length === 0) return '';
      const [start, ...rest] = simplified(points, scale ? 1 : tolerated).map(([x, y]) => [round(x), round(y)] as const);
      let [x, y] = start!;
      const steps = rest.map(([nextX, nextY]) => {
        const step = `${round(nextX - x)},${round(nextY - y)}`;
        [x, y] = [nextX, nextY];
        return step;
      });
      return `M${start!.join()}${steps.length > 0 ? `l${steps.join(' ')}` : ''}${part.includes('Z') ? 'Z' : ''}`;
    })
    .join('');
}
