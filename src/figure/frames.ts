/** The frames of a figure, drawn for scrubbing: few enough and light enough for a page. */
import { gzipSync } from 'node:zlib';
import { type Chart, type Layout, layouts } from './define.ts';
import { FigureError } from './errors.ts';
import { film } from './film.ts';
import { type Figure, type FigureResult, framesOf, renderFigure } from './render.ts';
import type { FigureTable } from './table.ts';

/** More frames than these are no longer scrubbed one by one. */
const mostFrames = 24;

/** What all frames may take in bytes, gzipped as in a page. */
const frameBudget = 60_000;

/** All frames, in one drawing a layout; the table is the last one's. */
export type DrawnFrames = {
  /** What each frame is called and shows. */
  readonly frames: readonly { readonly label: string; readonly description: string }[];
  readonly wide: string;
  /** Refers to what it has in common with the wide one, so it stands on the same page. */
  readonly narrow: string;
  /** The id of the element that both drawings are described by. */
  readonly describedBy: string;
  readonly table: FigureTable;
};

/** Draws all frames. Throws a FigureError for a still chart, too many frames, or too many bytes. */
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
    return { figures, svg: film(figures.map(({ svg }) => svg)) };
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
