/** The frames of a figure, drawn for scrubbing: few enough and light enough for a page. */
import { gzipSync } from 'node:zlib';
import {
  type Chart,
  FigureError,
  type FigureTable,
  type Frame,
  framesOf,
  layouts,
  renderFigure,
} from '../figure/index.ts';
import type { ExperimentResult } from '../lab/load.ts';
import { ComponentError } from './errors.ts';
import { type Asked, figureAsked } from './figures.ts';

/** More frames than these are no longer scrubbed one by one. */
export const mostFrames = 24;

/** What all frames of a figure may take, gzipped together as in a page: first every wide one, then every narrow one, since likes compress better. */
export const frameBudget = 60_000;

/** One frame in both layouts, as SVG. */
export type DrawnFrame = {
  readonly frame: Frame;
  readonly wide: string;
  readonly narrow: string;
  readonly table: FigureTable;
};

/** A figure with all its frames. */
export type DrawnFrames = {
  readonly result: ExperimentResult;
  readonly chart: Chart;
  readonly frames: readonly DrawnFrame[];
  readonly description: string;
};

const drawn = new Map<string, Promise<{ frames: DrawnFrame[]; description: string }>>();

async function draw(
  name: string,
  chart: Chart,
  result: ExperimentResult,
): Promise<{ frames: DrawnFrame[]; description: string }> {
  const all = framesOf(name, chart, result);
  if (chart.frames === undefined) throw new FigureError(name, 'has no frames; show it as <Chart>');
  if (all.length > mostFrames)
    throw new FigureError(name, `has ${all.length} frames; at most ${mostFrames} can be scrubbed`);
  const frames: DrawnFrame[] = [];
  let description = '';
  for (const [i, frame] of all.entries()) {
    const id = `${name.replaceAll('.', '-')}-${i}`;
    const wide = await renderFigure({ name, chart, result, frame, layout: layouts.wide, id: `${id}-wide` });
    const narrow = await renderFigure({ name, chart, result, frame, layout: layouts.narrow, id: `${id}-narrow` });
    frames.push({ frame, wide: wide.svg, narrow: narrow.svg, table: wide.table });
    description = wide.description;
  }
  const size = gzipSync(frames.map(({ wide }) => wide).join('') + frames.map(({ narrow }) => narrow).join('')).length;
  if (size > frameBudget)
    throw new FigureError(
      name,
      `takes ${size} bytes compressed in ${all.length} frames; the budget is ${frameBudget}: thin the data or the frames`,
    );
  return { frames, description };
}

/** A framed figure. Throws a ComponentError for an unknown one, too many frames, or too many bytes. */
export async function framesDrawn(asked: Asked): Promise<DrawnFrames> {
  const { result, chart, name } = await figureAsked(asked);
  const key = `${name} ${result.key} ${JSON.stringify(result.measures)}`;
  try {
    const work = (import.meta.env.PROD ? drawn.get(key) : undefined) ?? draw(name, chart, result);
    drawn.set(key, work);
    return { result, chart, ...(await work) };
  } catch (error) {
    if (error instanceof FigureError) throw new ComponentError(asked.at, asked.tag, error.message, { cause: error });
    throw error;
  }
}
