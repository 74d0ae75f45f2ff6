/** Straight paths with no more points than a screen can tell apart. */

type Point = readonly [x: number, y: number];

/** Pixels that a line may leave its points by: less than anyone sees. */
const tolerance = 0.12;

/** Distance of p from the segment a b. */
function distance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** The points that a polyline needs so that none of the others is further off than the tolerance (Douglas & Peucker 1973). */
export function simplified(points: readonly Point[]): Point[] {
  const kept = new Set([0, points.length - 1]);
  const open = [[0, points.length - 1]] as [number, number][];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let far = { at: -1, by: tolerance };
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

const round = (value: number): number => Math.round(value * 10) / 10 + 0;

/** Path data of straight lines, simplified, to a tenth of a pixel, in relative steps; curves are only rounded. */
export function compactPath(d: string): string {
  if (/[^MLZ\d.,\s+e-]/.test(d)) return d.replace(/-?\d*\.?\d+(?:e-?\d+)?/g, (n) => String(round(Number(n))));
  return d
    .split(/(?=M)/)
    .map((part) => {
      const points = [...part.matchAll(/(-?\d*\.?\d+(?:e-?\d+)?)[,\s]+(-?\d*\.?\d+(?:e-?\d+)?)/g)].map(
        ([, x, y]) => [Number(x), Number(y)] as const,
      );
      if (points.length === 0) return '';
      const [start, ...rest] = simplified(points).map(([x, y]) => [round(x), round(y)] as const);
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
