/** Figures as pages show them: drawn once a build in each layout, with what their footer says. */
import { type Chart, type Figure, FigureError, type Layout, layouts, renderFigure } from '../figure/index.ts';
import type { ExperimentResult } from '../lab/load.ts';
import { ComponentError } from './errors.ts';
import { allResults, chartNamed, charts, experimentNamed } from './results.ts';

/** A figure that a page asked for. */
export type Drawn = {
  readonly result: ExperimentResult;
  readonly chart: Chart;
  readonly name: string;
  readonly wide: Figure;
  readonly narrow: Figure;
};

/** What names a figure in a post. */
export type Asked = {
  readonly of: string;
  readonly show: string;
  readonly at: string | undefined;
  readonly tag: string;
};

/** Drawn figures by result, then by `experiment.chart-layout`; a post, its feeds and its experiment's page share them. */
const drawn = new WeakMap<Chart, Map<string, Promise<Figure>>>();

function draw(result: ExperimentResult, chart: Chart, name: string, layout: Layout): Promise<Figure> {
  const known = drawn.get(chart) ?? new Map<string, Promise<Figure>>();
  drawn.set(chart, known);
  // Measures are part of the key, since they may change while records do not.
  const key = `${layout.name} ${result.key} ${JSON.stringify(result.measures)}`;
  const figure = known.get(key) ?? renderFigure({ name, chart, result, layout });
  known.set(key, figure);
  return figure;
}

/** Finds a figure's experiment and chart. Throws a ComponentError that says what exists. */
export async function figureAsked({
  of,
  show,
  at,
  tag,
}: Asked): Promise<{ result: ExperimentResult; chart: Chart; name: string }> {
  const result = experimentNamed(await allResults(), of, at, tag);
  return { result, chart: chartNamed(of, show, at, tag), name: `${of}.${show}` };
}

/** A figure in both layouts. Throws a ComponentError that says where the figure was asked for. */
export async function figureDrawn(asked: Asked): Promise<Drawn> {
  const found = await figureAsked(asked);
  try {
    const [wide, narrow] = await Promise.all(
      [layouts.wide, layouts.narrow].map((layout) => draw(found.result, found.chart, found.name, layout)),
    );
    return { ...found, wide: wide!, narrow: narrow! };
  } catch (error) {
    if (error instanceof FigureError) throw new ComponentError(asked.at, asked.tag, error.message, { cause: error });
    throw error;
  }
}

/** An SVG with its author's description in place of the generated one. */
export const describedAs = (svg: string, alt: string | undefined): string =>
  alt === undefined
    ? svg
    : svg.replace(
        /(<desc[^>]*>)[^<]*/,
        (_, start: string) => start + alt.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`),
      );

/** A figure that exists: a chart of an experiment that has results. */
export type Listed = {
  readonly result: ExperimentResult;
  readonly chart: Chart;
  readonly of: string;
  readonly show: string;
};

/** Every figure of the project, by experiment. */
export async function everyFigure(): Promise<Listed[]> {
  return (await allResults()).flatMap((result) =>
    Object.entries(charts.get(result.name) ?? {}).map(([show, chart]) => ({ result, chart, of: result.name, show })),
  );
}
