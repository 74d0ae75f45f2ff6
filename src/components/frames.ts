/** Framed figures as pages show them. */
import { type Chart, type DrawnFrames, FigureError, renderFrames } from '../figure/index.ts';
import type { ExperimentResult } from '../lab/load.ts';
import { made } from '../site/made.ts';
import { ComponentError } from './errors.ts';
import { type Asked, drawnFrom, figureAsked } from './figures.ts';

/** A framed figure. Throws a ComponentError for an unknown one, too many frames, or too many bytes. */
export async function framesDrawn(asked: Asked): Promise<DrawnFrames & { result: ExperimentResult; chart: Chart }> {
  const { result, chart, name } = await figureAsked(asked);
  try {
    const drawn = await made('frames', drawnFrom(name, result), () => renderFrames(name, chart, result));
    return { result, chart, ...drawn };
  } catch (error) {
    if (error instanceof FigureError) throw new ComponentError(asked.at, asked.tag, error.message, { cause: error });
    throw error;
  }
}
