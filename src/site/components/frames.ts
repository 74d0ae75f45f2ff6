/** Draws the framed figures of pages. */
import { frameCalled, mergeTexts, renderFrames } from '../../figure/index.ts';
import { escapeHtml } from '../escape-html.ts';
import { cached } from '../output/build-cache.ts';
import { drawnFrom, drawRequested, type FigureProps } from './figures.ts';

/** Draws a framed figure. Throws a ComponentError for an unknown one or an unknown `start`, too many frames, or too many bytes. */
export const drawFrames = (asked: FigureProps & { readonly start: string | undefined }) =>
  drawRequested(asked, async ({ name, chart, result }) => {
    const drawn = await cached('frames', drawnFrom(name, result), () => renderFrames(name, chart, result));
    const first = asked.start === undefined ? drawn.telling : frameCalled(asked.start, name, drawn);
    const columns = drawn.grid?.[1].choices.length ?? drawn.frames.length;
    const descriptions = mergeTexts(
      drawn.frames.map(({ description }) => escapeHtml(description)),
      columns,
    );
    // A frame of one parameter is a column of a grid with one row.
    const checked = [Math.floor(first / columns), first % columns];
    const one = { title: chart.title, choices: drawn.frames };
    const parameters = (drawn.grid ?? [one]).map((parameter, i, all) => ({
      ...parameter,
      checked: all.length === 1 ? checked[1] : checked[i],
      className: all.length > 1 && i === 0 ? 'frame-row' : 'frame',
    }));
    return { ...drawn, parameters, descriptions };
  });
