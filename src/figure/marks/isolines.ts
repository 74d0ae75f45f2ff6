/** Lines of equal value through values on a grid, and the areas between them: `d3-contour`'s, in grid coordinates. */
import { contours } from 'd3-contour';

/** Values on a grid: `values[row][column]`. */
type Grid = readonly (readonly number[])[];

/** A line in grid coordinates: column and row, fractional. Its last point repeats its first if it is closed. */
export type Isoline = readonly (readonly [x: number, y: number])[];

/** An area of one bin, to be painted over the areas before it. */
export type Isoband = { readonly bin: number; readonly line: Isoline };

/** The areas at or above a level, each with its holes; along the grid's edge their lines run half a cell outside of it. */
const areas = (values: Grid, level: number): Isoline[][] =>
  contours()
    .size([values[0]!.length, values.length])
    .contour(values.flat(), level)
    // The first grid point is at [0.5, 0.5].
    .coordinates.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x! - 0.5, y! - 0.5] as const)));

const clip = (values: Grid, line: Isoline): Isoline =>
  line.map(([x, y]) => [Math.min(values[0]!.length - 1, Math.max(0, x)), Math.min(values.length - 1, Math.max(0, y))]);

/** The lines of one level inside the grid; a line that leaves it is cut there. */
export function isolines(values: Grid, level: number): Isoline[] {
  const [width, height] = [values[0]!.length - 1, values.length - 1];
  const outside = ([x, y]: Isoline[number]): boolean => x < 0 || y < 0 || x > width || y > height;
  return areas(values, level)
    .flat()
    .flatMap((ring) => {
      const start = ring.findIndex(outside);
      // Turned, it starts where it is outside.
      const line = start < 0 ? ring : [...ring.slice(start, -1), ...ring.slice(0, start + 1)];
      const pieces: Isoline[number][][] = [[]];
      for (const point of line) {
        if (outside(point)) pieces.push([]);
        else pieces.at(-1)!.push(point);
      }
      return pieces.filter((piece) => piece.length > 1);
    });
}

/** The areas between ascending edges, largest first, so that painting them in order gives the map. Bin 0 is the ground. */
export function isobands(values: Grid, edges: readonly number[]): Isoband[] {
  return edges
    .flatMap((edge, bin) =>
      areas(values, edge).flatMap((rings) => rings.map((line, i) => ({ bin: i === 0 ? bin + 1 : bin, line, edge }))),
    )
    .map((band) => ({ ...band, area: Math.abs(areaOf(band.line)) }))
    .sort((a, b) => b.area - a.area || a.edge - b.edge)
    .map(({ bin, line }) => ({ bin, line: clip(values, line) }));
}

const areaOf = (line: Isoline): number =>
  line.slice(1).reduce((sum, [x, y], i) => sum + line[i]![0] * y - x * line[i]![1], 0) / 2;
