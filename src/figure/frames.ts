/** Renders the frames of a figure, of one parameter or of two, within a limit of bytes. */
import { gzipSync } from 'node:zlib';
import { type Chart, type DrawnFrame, type Layout, layouts, type Parameter } from './define-charts.ts';
import type { FigureTable } from './describe/data-table.ts';
import { FigureError } from './errors.ts';
import { type FigureResult, framesOf } from './frames-of-chart.ts';
import { type Figure, renderFigure } from './render.ts';
import { mergeFrames } from './svg/merge-frames.ts';

/** The most bytes for all frames together, gzipped. */
const frameBudget = 60_000;

/** How many frames are drawn for an estimate, of one parameter and of each of two. */
const sampleSize = { one: 5, each: 3 };

/** All frames, merged into one drawing for each layout. */
export type DrawnFrames = {
  /** The texts of each frame, in order; of a grid, row by row: the choices of the second parameter for each of the first. */
  readonly frames: readonly {
    /** Its label on the scrubber. */
    readonly label: string;
    /** What it shows, in words. */
    readonly description: string;
  }[];
  /** The two parameters of a grid. */
  readonly grid?: readonly [Parameter, Parameter];
  /** The index of the frame that tells most. */
  readonly telling: number;
  /** The SVG of the wide layout. */
  readonly wide: string;
  /** The SVG of the narrow layout. Refers to shapes of the wide drawing, so it has to be on the same page. */
  readonly narrow: string;
  /** The id of the element that describes both drawings (`aria-describedby`). */
  readonly describedBy: string;
  /** The data of the telling frame, plot by plot. */
  readonly tables: readonly FigureTable[];
};

/** Up to `size` indices below `count`, evenly spaced, the first and the last among them. */
const spaced = (count: number, size: number): number[] => [
  ...new Set(Array.from({ length: size }, (_, i) => Math.round((i * (count - 1)) / (size - 1)))),
];

const bytesOf = (text: string): number => gzipSync(text).length;

/** Draws all frames. Throws a `FigureError` for a still chart, too many frames, or too many bytes. */
export async function renderFrames(name: string, chart: Chart, result: FigureResult): Promise<DrawnFrames> {
  const { frames: all, grid, telling } = framesOf(name, chart, result);
  if (chart.frames === undefined && chart.grid === undefined)
    throw new FigureError(name, 'has no frames; show it as <Chart>');
  const columns = grid?.[1].choices.length;
  const describedBy = `${name.replaceAll('.', '-')}-shows`;
  const draw = async (frames: readonly DrawnFrame[], layout: Layout, ids: Map<string, string>, width?: number) => {
    const within = { describedBy, surfaces: { ids, refer: layout.name === 'narrow' } };
    const figures: Figure[] = [];
    for (const frame of frames) figures.push(await renderFigure({ name, chart, result, frame, layout, within }));
    const drawings = figures.map(({ svg }) => svg);
    return { figures, svg: mergeFrames(drawings, width), one: drawings[0]! };
  };
  const refuse = (about: string, bytes: number) => {
    const advice = 'thin the data or the frames';
    throw new FigureError(
      name,
      `takes ${about}${bytes} bytes compressed in ${all.length} frames; the budget is ${frameBudget}: ${advice}`,
    );
  };

  // A sample shows what would be far too much before all is drawn, which can take minutes.
  const across = columns === undefined ? undefined : spaced(columns, sampleSize.each);
  const sample =
    columns === undefined
      ? spaced(all.length, sampleSize.one)
      : spaced(all.length / columns, sampleSize.each).flatMap((row) => across!.map((column) => row * columns + column));
  if (all.length > 2 * sample.length) {
    const { svg, one } = await draw(
      sample.map((i) => all[i]!),
      layouts.wide,
      new Map(),
      across?.length,
    );
    const [first, more] = [bytesOf(one), bytesOf(svg) - bytesOf(one)];
    const estimate = first + (more / (sample.length - 1)) * (all.length - 1);
    if (estimate > frameBudget) refuse('about ', Math.round(estimate / 1000) * 1000);
  }

  const ids = new Map<string, string>();
  const wide = await draw(all, layouts.wide, ids, columns);
  const narrow = await draw(all, layouts.narrow, ids, columns);
  const size = bytesOf(wide.svg + narrow.svg);
  if (size > frameBudget) refuse('', size);
  const frames = all.map(({ label }, i) => ({ label, description: wide.figures[i]!.description }));
  const { tables } = wide.figures[telling]!;
  return { frames, ...(grid && { grid }), telling, wide: wide.svg, narrow: narrow.svg, describedBy, tables };
}
