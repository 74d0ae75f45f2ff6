/** Draws the framed figures of pages. */
import { renderFrames } from '../../figure/index.ts';
import { cached } from '../output/build-cache.ts';
import { drawnFrom, drawRequested, type FigureProps } from './figures.ts';

/** Draws a framed figure. Throws a ComponentError for an unknown one, too many frames, or too many bytes. */
export const drawFrames = (asked: FigureProps) =>
  drawRequested(asked, ({ name, chart, result }) =>
    cached('frames', drawnFrom(name, result), () => renderFrames(name, chart, result)),
  );
