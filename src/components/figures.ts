/** Figures as pages show them: drawn in both layouts, with what their footer says. */
import { type Chart, type Figure, FigureError, layouts, renderFigure } from '../figure/index.ts';
import type { ExperimentResult } from '../lab/load.ts';
import { made } from '../site/made.ts';
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

/** What a drawing depends on besides code. Measures count for themselves, since they may change while records do not. */
export const drawnFrom = (name: string, result: ExperimentResult): readonly unknown[] => [
  name,
  result.key,
  result.measures,
];

type Pair = Pick<Drawn, 'wide' | 'narrow'>;

/** How many figures stay at hand: pages ask for the same ones one after the other, and a large blog has thousands. */
const AT_HAND = 64;

/** The figures asked for last, the latest at the end. */
const atHand: { readonly chart: Chart; readonly key: string; readonly pair: Promise<Pair> }[] = [];

function draw(name: string, chart: Chart, result: ExperimentResult): Promise<Pair> {
  const from = drawnFrom(name, result);
  const key = JSON.stringify(from);
  const known = atHand.find((each) => each.chart === chart && each.key === key);
  if (known) return known.pair;
  const pair = made('figure', from, async () => {
    const wide = await renderFigure({ name, chart, result, layout: layouts.wide });
    // A table is not drawn on the page, and scrolls where it is too wide.
    if (wide.sheet !== undefined) return { wide, narrow: wide };
    return { wide, narrow: await renderFigure({ name, chart, result, layout: layouts.narrow }) };
  });
  atHand.push({ chart, key, pair });
  if (atHand.length > AT_HAND) atHand.shift();
  return pair;
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
    return { ...found, ...(await draw(found.name, found.chart, found.result)) };
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
