/**
 * Generates images of digits that look handwritten: each digit is a few strokes on the unit square, moved, turned,
 * sheared and scaled at random, and rendered as ink by each pixel's distance to the nearest stroke.
 */
import type { Dataset, Uniform } from './datasets.ts';

type XY = readonly [x: number, y: number];
type Stroke = readonly XY[];

/** Points on an ellipse from `from` to `to` turns; 0 is to the right, a quarter is down (y grows downward). */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Stroke {
  const n = Math.max(3, Math.ceil(Math.abs(to - from) * 16));
  return Array.from({ length: n + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / n);
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** The strokes of 0 … 9 in a box from (0.2, 0.1) to (0.8, 0.9). */
const strokes: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.25, 0.38, 0, 1)],
  [
    [
      [0.34, 0.28],
      [0.54, 0.12],
      [0.54, 0.88],
    ],
  ],
  [[...arc(0.5, 0.33, 0.24, 0.21, -0.5, 0.08), [0.26, 0.88], [0.76, 0.88]]],
  [arc(0.48, 0.3, 0.23, 0.18, -0.42, 0.25), arc(0.48, 0.68, 0.26, 0.2, -0.25, 0.42)],
  [
    [
      [0.62, 0.88],
      [0.62, 0.12],
      [0.24, 0.62],
      [0.8, 0.62],
    ],
  ],
  [
    [
      [0.72, 0.12],
      [0.34, 0.12],
      [0.3, 0.46],
    ],
    arc(0.48, 0.64, 0.25, 0.24, -0.38, 0.4),
  ],
  [
    [
      [0.64, 0.12],
      [0.4, 0.34],
      [0.28, 0.58],
    ],
    arc(0.5, 0.66, 0.23, 0.22, 0, 1),
  ],
  [
    [
      [0.24, 0.12],
      [0.76, 0.12],
      [0.42, 0.88],
    ],
  ],
  [arc(0.5, 0.3, 0.2, 0.18, 0, 1), arc(0.5, 0.68, 0.24, 0.2, 0, 1)],
  [
    arc(0.5, 0.34, 0.22, 0.22, 0, 1),
    [
      [0.72, 0.36],
      [0.66, 0.66],
      [0.5, 0.88],
    ],
  ],
];

/** Distance from (x, y) to the segment a–b. */
function distance(x: number, y: number, [ax, ay]: XY, [bx, by]: XY): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** A random handwriting: turn (±0.2 rad), shear (±0.2), scale (0.85 … 1.1), shift (±0.06), each point by ±0.02. */
function hand(uniform: Uniform): (point: XY) => XY {
  const spread = (half: number) => half * (2 * uniform() - 1);
  const [turn, shear, scale] = [spread(0.2), spread(0.2), 0.975 + spread(0.125)];
  const [shiftX, shiftY] = [spread(0.06), spread(0.06)];
  return ([px, py]) => {
    const [x, y] = [px - 0.5 + spread(0.02) - shear * (py - 0.5), py - 0.5 + spread(0.02)];
    const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
    return [0.5 + cos * x - sin * y + shiftX, 0.5 + sin * x + cos * y + shiftY];
  };
}

/** size × size pixels in rows, ink 0 … 1, of the digit in a random handwriting. */
function draw(digit: number, size: number, uniform: Uniform): number[] {
  const move = hand(uniform);
  const lines = strokes[digit]!.map((stroke) => stroke.map(move));
  const pen = 0.035 + 0.03 * uniform();
  return Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size];
    let nearest = Number.POSITIVE_INFINITY;
    for (const line of lines) {
      for (let k = 1; k < line.length; k++) nearest = Math.min(nearest, distance(x, y, line[k - 1]!, line[k]!));
    }
    // The part of the pixel that the pen covers, as if its edge crossed the pixel straight.
    return Math.min(1, Math.max(0, 0.5 - (nearest - pen) * size));
  });
}

function digits(m: number, size: number, uniform: Uniform): Dataset {
  if (!Number.isInteger(m) || m < 1) throw new RangeError(`m must be a positive integer: ${m}`);
  return {
    X: Array.from({ length: m }, (_, i) => draw(i % 10, size, uniform)),
    Y: Array.from({ length: m }, (_, i) => Array.from({ length: 10 }, (_, k) => (k === i % 10 ? 1 : 0))),
  };
}

/** m digits of 8 × 8 pixels, 0 to 9 in turn; X is m × 64 in 0 … 1, Y one-hot. */
export const digits8 = (m: number, uniform: Uniform): Dataset => digits(m, 8, uniform);

/** m digits of 20 × 20 pixels, 0 to 9 in turn; X is m × 400 in 0 … 1, Y one-hot. */
export const digits20 = (m: number, uniform: Uniform): Dataset => digits(m, 20, uniform);
