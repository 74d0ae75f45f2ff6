/** Isolines of values on a grid, and the areas between them, computed by `d3-contour`, in grid coordinates. */
import { contours } from 'd3-contour';

/** Values on a grid: `values[row][column]`. */
type Grid = readonly (readonly number[])[];

/** A line in fractional grid coordinates (column, row). A closed line repeats its first point at its end. */
export type Isoline = readonly (readonly [x: number, y: number])[];

/** An area of one bin, to be painted over the larger areas before it. */
export type Isoband = { readonly bin: number; readonly line: Isoline };

/** The areas at or above a level, each with its holes. Along the grid's edge their lines run half a cell outside the grid. */
const areas = (values: Grid, level: number): Isoline[][] =>
  contours()
    .size([values[0]!.length, values.length])
    .contour(values.flat(), level)
    // d3-contour has the first grid point at [0.5, 0.5].
    .coordinates.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x! - 0.5, y! - 0.5] as const)));

const clip = (values: Grid, line: Isoline): Isoline =>
  line.map(([x, y]) => [Math.min(values[0]!.length - 1, Math.max(0, x)), Math.min(values.length - 1, Math.max(0, y))]);

/** The lines of one level, cut where they leave the grid. */
export function isolines(values: Grid, level: number): Isoline[] {
  const [width, height] = [values[0]!.length - 1, values.length - 1];
  const outside = ([x, y]: Isoline[number]): boolean => x < 0 || y < 0 || x > width || y > height;
  return areas(values, level)
    .flat()
    .flatMap((ring) => {
      const start = ring.findIndex(outside);
      // Rotate the ring so that it starts outside.
      const line = start < 0 ? ring : [...ring.slice(start, -1), ...ring.slice(0, start + 1)];
      const pieces: Isoline[number][][] = [[]];
      for (const point of line) {
        if (outside(point)) pieces.push([]);
        else pieces.at(-1)!.push(point);
      }
      return pieces.filter((piece) => piece.length > 1);
    });
}

/** The areas between ascending edges, largest first, the order to paint them in. Bin 0 is the background. */
export function isobands(values: Grid, edges: readonly number[]): Isoband[] {
  return edges
    .flatMap((edge, bin) =>
      areas(values, edge).flatMap((rings) => rings.map((line, i) => ({ bin: i === 0 ? bin + 1 : bin, line, edge }))),
    )
    .map((band) => ({ ...band, area: Math.abs(signedArea(band.line)) }))
    .sort((a, b) => b.area - a.area || a.edge - b.edge)
    .map(({ bin, line }) => ({ bin, line: clip(values, line) }));
}

const signedArea = (line: Isoline): number =>
  line.slice(1).reduce((sum, [x, y], i) => sum + line[i]![0] * y - x * line[i]![1], 0) / 2;
