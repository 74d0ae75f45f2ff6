/** Finds and draws the figures of pages, in a wide and a narrow layout. */
import { readFileSync } from 'node:fs';
import { type Chart, type Figure, FigureError, layouts, renderFigure } from '../../figure/index.ts';
import type { ExperimentResult } from '../../lab/results/index.ts';
import { escapeHtml } from '../escape-html.ts';
import { cached } from '../output/build-cache.ts';
import { ComponentError } from './author-error.ts';
import { allResults, chartNamed, charts, experimentNamed } from './find-result.ts';
import { entryPlace } from './module-source.ts';

/** A figure that a page requested: its experiment's result and its chart. */
export type RequestedFigure = { readonly result: ExperimentResult; readonly chart: Chart; readonly name: string };

/** A request for a figure: the experiment `of` and its chart `show`; `at` and `tag` are for error messages. */
export type FigureProps = {
  readonly of: string;
  readonly show: string;
  readonly at: string | undefined;
  readonly tag: string;
};

/** The cache key of a drawing, besides code. Measures are in it, as they may change while `result.key` does not. */
export const drawnFrom = (name: string, result: ExperimentResult): readonly unknown[] => [
  name,
  result.key,
  result.measures,
];

type Pair = { readonly wide: Figure; readonly narrow: Figure };

/** How many drawn figures stay in memory: pages request the same ones in succession, and a large blog has thousands. */
const MAX_IN_MEMORY = 64;

/** The figures drawn last, the latest at the end. */
const recentFigures: { readonly chart: Chart; readonly key: string; readonly pair: Promise<Pair> }[] = [];

function drawPair({ name, chart, result }: RequestedFigure): Promise<Pair> {
  const from = drawnFrom(name, result);
  const key = JSON.stringify(from);
  const known = recentFigures.find((each) => each.chart === chart && each.key === key);
  if (known) return known.pair;
  const pair = cached('figure', from, async () => {
    const wide = await renderFigure({ name, chart, result, layout: layouts.wide });
    // A table has no narrow layout: it scrolls where it is too wide.
    if (wide.sheet !== undefined) return { wide, narrow: wide };
    return { wide, narrow: await renderFigure({ name, chart, result, layout: layouts.narrow }) };
  });
  recentFigures.push({ chart, key, pair });
  if (recentFigures.length > MAX_IN_MEMORY) recentFigures.shift();
  return pair;
}

/** Finds a figure's experiment and chart. Throws a ComponentError that lists those that exist. */
export async function requestedFigure({ of, show, at, tag }: FigureProps): Promise<RequestedFigure> {
  const result = experimentNamed(await allResults(), of, at, tag);
  return { result, chart: chartNamed(of, show, at, tag), name: `${of}.${show}` };
}

/** Finds a figure and draws it with `draw`. Throws a ComponentError with the location of the request. */
export async function drawRequested<T extends { readonly wide: unknown; readonly narrow: unknown }>(
  asked: FigureProps,
  draw: (figure: RequestedFigure) => Promise<T>,
): Promise<RequestedFigure & T> {
  const figure = await requestedFigure(asked);
  try {
    return { ...figure, ...(await draw(figure)) };
  } catch (error) {
    if (!(error instanceof FigureError)) throw error;
    const problem = `${error.message} (${chartPlace(asked.of, asked.show)})`;
    throw new ComponentError(asked.at, asked.tag, problem, { cause: error });
  }
}

/** Where a chart is written: `experiments/penny.charts.ts:5:3`. */
function chartPlace(of: string, show: string): string {
  const file = `experiments/${of}.charts.ts`;
  const place = entryPlace(readFileSync(file, 'utf8'), show);
  return place === undefined ? file : `${file}:${place}`;
}

/** Draws a figure in both layouts. Throws a ComponentError for an unknown figure, or one that cannot be drawn. */
export const drawFigure = (asked: FigureProps): Promise<RequestedFigure & Pair> => drawRequested(asked, drawPair);

/** An SVG with `alt`, if given, in place of the generated description. */
export const replaceDescription = (svg: string, alt: string | undefined): string =>
  alt === undefined ? svg : svg.replace(/(<desc[^>]*>)[^<]*/, (_, start: string) => start + escapeHtml(alt));

/** A figure that exists: a chart of an experiment that has results. */
export type ListedFigure = {
  readonly result: ExperimentResult;
  readonly chart: Chart;
  readonly of: string;
  readonly show: string;
};

/** Every figure of the project, by experiment. */
export async function allFigures(): Promise<ListedFigure[]> {
  return (await allResults()).flatMap((result) =>
    Object.entries(charts.get(result.name) ?? {}).map(([show, chart]) => ({ result, chart, of: result.name, show })),
  );
}

/**
 * The drawings of a figure, the lower of both with an `id` by which a preview, which has little height, shows it a second
 * time as `shown`.
 */
export function withId({ wide, narrow }: { wide: string; narrow: string }, id: string) {
  const heightOf = (svg: string): number => Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)?.[1]);
  const give = (svg: string): string => svg.replace('<svg ', `<svg id="${id}" `);
  return heightOf(wide) < heightOf(narrow)
    ? { wide: give(wide), narrow, shown: wide }
    : { wide, narrow: give(narrow), shown: narrow };
}
