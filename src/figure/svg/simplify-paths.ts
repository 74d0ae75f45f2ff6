/** Simplifies paths of straight lines to the points that a screen can show. */
import type { Scale } from './shared-shapes.ts';

type Point = readonly [x: number, y: number];

/** How far a simplified line may deviate from its points, in pixels. */
const tolerance = 0.25;

/** Distance of p from the segment a b. */
function distance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** The points of a polyline that keep all others within `tolerated` of it (Douglas & Peucker 1973). */
function simplifyPath(points: readonly Point[], tolerated = tolerance): Point[] {
  const kept = new Set([0, points.length - 1]);
  const pending = [[0, points.length - 1]] as [number, number][];
  for (let span = pending.pop(); span !== undefined; span = pending.pop()) {
    const [from, to] = span;
    let farthest = { at: -1, by: tolerated };
    for (let at = from + 1; at < to; at++) {
      const by = distance(points[at]!, points[from]!, points[to]!);
      if (by > farthest.by) farthest = { at, by };
    }
    if (farthest.at < 0) continue;
    kept.add(farthest.at);
    pending.push([from, farthest.at], [farthest.at, to]);
  }
  return points.filter((_, at) => kept.has(at));
}

const toTenth = (value: number): number => Math.round(value * 10) / 10 + 0;
const toWhole = (value: number): number => Math.round(value) + 0;

/**
 * Simplifies path data of straight lines and makes it relative, rounded to a tenth of a pixel or to whole steps of a
 * scale. Lines deviate by at most `tolerated` pixels, or by one step of the scale. Curves are only rounded.
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
      const [start, ...rest] = simplifyPath(points, scale ? 1 : tolerated).map(
        ([x, y]) => [round(x), round(y)] as const,
      );
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
