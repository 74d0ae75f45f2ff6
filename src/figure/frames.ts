/** The frames of a figure, drawn for scrubbing: few enough and light enough for a page. */
import { gzipSync } from 'node:zlib';
import { type Chart, type Frame, layouts } from './define.ts';
import { FigureError } from './errors.ts';
import { type FigureResult, framesOf, renderFigure } from './render.ts';
import type { FigureTable } from './table.ts';

/** More frames than these are no longer scrubbed one by one. */
const mostFrames = 24;

/** What all frames may take in bytes, gzipped as in a page: every wide one, then every narrow one, since likes compress. */
const frameBudget = 60_000;

/** One frame in both layouts, as SVG. */
export type DrawnFrame = { readonly frame: Frame; readonly wide: string; readonly narrow: string };

/** All frames; description and table are the last one's. */
export type DrawnFrames = {
  readonly frames: readonly DrawnFrame[];
  readonly description: string;
  readonly table: FigureTable;
};

/** Draws all frames. Throws a FigureError for a still chart, too many frames, or too many bytes. */
export async function renderFrames(name: string, chart: Chart, result: FigureResult): Promise<DrawnFrames> {
  const all = framesOf(name, chart, result);
  if (chart.frames === undefined) throw new FigureError(name, 'has no frames; show it as <Chart>');
  if (all.length > mostFrames)
    throw new FigureError(name, `has ${all.length} frames; at most ${mostFrames} can be scrubbed`);
  const frames: DrawnFrame[] = [];
  let last: { description: string; table: FigureTable } | undefined;
  for (const [i, frame] of all.entries()) {
    const id = `${name.replaceAll('.', '-')}-${i}`;
    const wide = await renderFigure({ name, chart, result, frame, layout: layouts.wide, id: `${id}-wide` });
    const narrow = await renderFigure({ name, chart, result, frame, layout: layouts.narrow, id: `${id}-narrow` });
    frames.push({ frame, wide: wide.svg, narrow: narrow.svg });
    last = { description: wide.description, table: wide.table };
  }
  const text = [...frames.map(({ wide }) => wide), ...frames.map(({ narrow }) => narrow)].join('');
  const size = gzipSync(text).length;
  if (size > frameBudget)
    throw new FigureError(
      name,
      `takes ${size} bytes compressed in ${all.length} frames; the budget is ${frameBudget}: thin the data or the frames`,
    );
  return { frames, ...last! };
}
