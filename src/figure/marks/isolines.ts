/** Lines of equal value through values on a grid, and the areas between them: marching squares, joined to closed lines. */

/** A closed line in grid coordinates: column and row, fractional. */
export type Isoline = readonly (readonly [x: number, y: number])[];

/** An area of one bin, to be painted over the areas before it. */
export type Isoband = { readonly bin: number; readonly line: Isoline };

/** A crossing of a level with an edge of the grid. `above` is the end of the edge that lies above the level. */
type Crossing = {
  readonly key: string;
  readonly at: readonly [number, number];
  readonly above: readonly [number, number];
};
type Segment = readonly [Crossing, Crossing];

/** Value of `values[row][column]` minus the level; a ring of cells below it lies around the grid, so that lines close. */
type Field = (column: number, row: number) => number;

const fieldOf =
  (values: readonly (readonly number[])[], level: number): Field =>
  (column, row) =>
    (values[row]?.[column] ?? Number.NEGATIVE_INFINITY) - level;

function crossing(field: Field, a: readonly [number, number], b: readonly [number, number]): Crossing | undefined {
  const [from, to] = [field(...a), field(...b)];
  if (from > 0 === to > 0) return undefined;
  const part = Number.isFinite(from) && Number.isFinite(to) ? from / (from - to) : 0.5;
  return {
    key: `${a.join()} ${b.join()}`,
    at: [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])],
    above: from > 0 ? a : b,
  };
}

/** The one or two segments that cross a cell. Saddles are cut by the mean of the corners. */
function cell(field: Field, x: number, y: number): Segment[] {
  const bottom = crossing(field, [x, y], [x + 1, y]);
  const top = crossing(field, [x, y + 1], [x + 1, y + 1]);
  const left = crossing(field, [x, y], [x, y + 1]);
  const right = crossing(field, [x + 1, y], [x + 1, y + 1]);
  const present = [bottom, right, top, left].filter((c) => c !== undefined);
  if (present.length === 2) return [[present[0]!, present[1]!]];
  if (present.length < 4) return [];
  const middle = field(x, y) + field(x + 1, y) + field(x, y + 1) + field(x + 1, y + 1);
  const pairs = middle > 0 === field(x, y) > 0 ? [bottom, right, top, left] : [bottom, left, top, right];
  return [
    [pairs[0]!, pairs[1]!],
    [pairs[2]!, pairs[3]!],
  ];
}

/** The closed lines of a level, unclipped: on the ring they run half a cell outside of the grid. */
function loops(values: readonly (readonly number[])[], level: number): Crossing[][] {
  const field = fieldOf(values, level);
  const segments: Segment[] = [];
  for (let y = -1; y < values.length; y++)
    for (let x = -1; x < values[0]!.length; x++) segments.push(...cell(field, x, y));
  const touching = new Map<string, number[]>();
  segments.forEach((segment, i) => {
    for (const { key } of segment) touching.set(key, [...(touching.get(key) ?? []), i]);
  });
  const used = new Set<number>();
  return segments.flatMap((segment, i) => {
    if (used.has(i)) return [];
    used.add(i);
    const line = [...segment];
    for (;;) {
      const end = line.at(-1)!;
      const next = touching.get(end.key)!.find((other) => !used.has(other));
      if (next === undefined) return [line];
      used.add(next);
      line.push(segments[next]!.find(({ key }) => key !== end.key)!);
    }
  });
}

const clip = (values: readonly (readonly number[])[], line: readonly Crossing[]): Isoline =>
  line.map(({ at: [x, y] }) => [
    Math.min(values[0]!.length - 1, Math.max(0, x)),
    Math.min(values.length - 1, Math.max(0, y)),
  ]);

/** The lines of one level inside the grid; a line that leaves it is cut there. */
export function isolines(values: readonly (readonly number[])[], level: number): Isoline[] {
  const [width, height] = [values[0]!.length - 1, values.length - 1];
  const outside = ({ at: [x, y] }: Crossing): boolean => x < 0 || y < 0 || x > width || y > height;
  return loops(values, level).flatMap((loop) => {
    const start = loop.findIndex(outside);
    // A loop's last point repeats its first; turned, it starts where it is outside.
    const line = start < 0 ? loop : [...loop.slice(start, -1), ...loop.slice(0, start + 1)];
    const pieces: Crossing[][] = [[]];
    for (const point of line) {
      if (outside(point)) pieces.push([]);
      else pieces.at(-1)!.push(point);
    }
    return pieces.filter((piece) => piece.length > 1).map((piece) => clip(values, piece));
  });
}

/** The areas between ascending edges, largest first, so that painting them in order gives the map. Bin 0 is the ground. */
export function isobands(values: readonly (readonly number[])[], edges: readonly number[]): Isoband[] {
  return edges
    .flatMap((edge, bin) =>
      loops(values, edge).map((loop) => {
        const inside = contains(
          loop.map(({ at }) => at),
          loop[0]!.above,
        );
        return { bin: inside ? bin + 1 : bin, line: clip(values, loop), area: areaOf(loop.map(({ at }) => at)), edge };
      }),
    )
    .sort((a, b) => b.area - a.area || a.edge - b.edge)
    .map(({ bin, line }) => ({ bin, line }));
}

function areaOf(line: Isoline): number {
  return (
    Math.abs(
      line.reduce((sum, [x, y], i) => {
        const [x2, y2] = line[(i + 1) % line.length]!;
        return sum + x * y2 - x2 * y;
      }, 0),
    ) / 2
  );
}

/** Whether a point lies inside a closed line (even-odd rule). */
function contains(line: Isoline, [px, py]: readonly [number, number]): boolean {
  return line.reduce((inside, [x, y], i) => {
    const [x2, y2] = line[(i + 1) % line.length]!;
    return y > py !== y2 > py && px < x + ((py - y) / (y2 - y)) * (x2 - x) ? !inside : inside;
  }, false);
}
