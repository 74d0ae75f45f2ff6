/** Divides a row of units into register tiles: as few as possible, none of them narrow. */

/** `count` tiles of `size` units each. */
export interface TileRun {
  readonly size: number;
  readonly count: number;
}

/**
 * Runs of tiles of 4 or 5 units that cover `units` exactly. A tile of n units holds 2 n sums in vector registers; x86-64 has
 * 16 of them, of which the operands need 4, and fewer than 8 sums at once would wait on the latency of addition.
 */
export function runsOfFour(units: number): readonly TileRun[] {
  if (units % 5 === 0) return [{ size: 5, count: units / 5 }];
  if (units === 6) return [{ size: 3, count: 2 }];
  const rest = units % 4;
  const fours = Math.floor(units / 4) - rest;
  if (fours >= 0) return present([fours, 4], [rest, 5]);
  return present([Math.floor(units / 4), 4], [1, rest]);
}

/** Tiles of `size` units, and one of the rest. */
export function runsOf(size: number, units: number): readonly TileRun[] {
  return present([Math.floor(units / size), size], [1, units % size]);
}

const present = (...runs: readonly (readonly [number, number])[]): readonly TileRun[] =>
  runs.filter(([count, size]) => count > 0 && size > 0).map(([count, size]) => ({ count, size }));

/** first, first + 1, …, last */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
