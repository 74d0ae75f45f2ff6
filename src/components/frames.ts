/** Framed figures as pages show them: drawn once a build. */
import { type Chart, type DrawnFrames, FigureError, renderFrames } from '../figure/index.ts';
import type { ExperimentResult } from '../lab/load.ts';
import { ComponentError } from './errors.ts';
import { type Asked, figureAsked } from './figures.ts';

const drawn = new Map<string, Promise<DrawnFrames>>();

/** A framed figure. Throws a ComponentError for an unknown one, too many frames, or too many bytes. */
export async function framesDrawn(asked: Asked): Promise<DrawnFrames & { result: ExperimentResult; chart: Chart }> {
  const { result, chart, name } = await figureAsked(asked);
  const key = `${name} ${result.key} ${JSON.stringify(result.measures)}`;
  try {
    const work = (import.meta.env.PROD ? drawn.get(key) : undefined) ?? renderFrames(name, chart, result);
    drawn.set(key, work);
    return { result, chart, ...(await work) };
  } catch (error) {
    if (error instanceof FigureError) throw new ComponentError(asked.at, asked.tag, error.message, { cause: error });
    throw error;
  }
}
