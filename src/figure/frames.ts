/** Renders the frames of a figure for a scrubber, within a limit of frames and bytes. */
import { gzipSync } from 'node:zlib';
import { type Chart, type Layout, layouts } from './define-charts.ts';
import type { FigureTable } from './describe/data-table.ts';
import { FigureError } from './errors.ts';
import { type Figure, type FigureResult, framesOf, renderFigure } from './render.ts';
import { mergeFrames } from './svg/merge-frames.ts';

/** The most frames that a reader can step through. */
const mostFrames = 24;

/** The most bytes for all frames together, gzipped. */
const frameBudget = 60_000;

/** All frames, merged into one drawing for each layout; the table is the last frame's. */
export type DrawnFrames = {
  /** The texts of each frame, in order. */
  readonly frames: readonly {
    /** Its label on the scrubber. */
    readonly label: string;
    /** What it shows, in words. */
    readonly description: string;
  }[];
  /** The SVG of the wide layout. */
  readonly wide: string;
  /** The SVG of the narrow layout. Refers to shapes of the wide drawing, so it has to be on the same page. */
  readonly narrow: string;
  /** The id of the element that describes both drawings (`aria-describedby`). */
  readonly describedBy: string;
  readonly table: FigureTable;
};

/** Draws all frames. Throws a `FigureError` for a still chart, too many frames, or too many bytes. */
export async function renderFrames(name: string, chart: Chart, result: FigureResult): Promise<DrawnFrames> {
  const all = framesOf(name, chart, result);
  if (chart.frames === undefined) throw new FigureError(name, 'has no frames; show it as <Chart>');
  if (all.length > mostFrames)
    throw new FigureError(name, `has ${all.length} frames; at most ${mostFrames} can be scrubbed`);
  const id = name.replaceAll('.', '-');
  const describedBy = `${id}-shows`;
  const ids = new Map<string, string>();
  const draw = async (layout: Layout, refer: boolean) => {
    const within = { describedBy, surfaces: { ids, refer } };
    const figures: Figure[] = [];
    for (const frame of all) figures.push(await renderFigure({ name, chart, result, frame, layout, within }));
    return { figures, svg: mergeFrames(figures.map(({ svg }) => svg)) };
  };
  const wide = await draw(layouts.wide, false);
  const narrow = await draw(layouts.narrow, true);
  const size = gzipSync(wide.svg + narrow.svg).length;
  if (size > frameBudget)
    throw new FigureError(
      name,
      `takes ${size} bytes compressed in ${all.length} frames; the budget is ${frameBudget}: thin the data or the frames`,
    );
  const frames = all.map(({ label }, i) => ({ label, description: wide.figures[i]!.description }));
  return { frames, wide: wide.svg, narrow: narrow.svg, describedBy, table: wide.figures.at(-1)!.table };
}
