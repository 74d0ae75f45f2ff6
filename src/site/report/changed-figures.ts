/** The figures that new results draw in another way: as they were and as they are, both drawn by the present chart. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Chart,
  type Figure,
  type FigureResult,
  layouts,
  renderFigure,
  standaloneSvg,
} from '../../figure/index.ts';
import { messageOf } from '../../lab/errors.ts';

/** A figure that changed. */
export type ChangedFigure = {
  /** `experiment/chart`. */
  readonly name: string;
  readonly title: string;
  /** The drawing before, or why there is none. */
  readonly was: Drawing;
  readonly is: Drawing;
};

/** A drawing as SVG or, of a table, as rows of text; else why it could not be made. */
export type Drawing =
  | { readonly svg: string }
  | { readonly rows: readonly (readonly string[])[] }
  | { readonly problem: string };

/** The charts of an experiment; none if there is no file of them. */
async function chartsOf(root: string, experiment: string): Promise<Readonly<Record<string, Chart>>> {
  const file = join(root, 'experiments', `${experiment}.charts.ts`);
  if (!existsSync(file)) return {};
  return ((await import(pathToFileURL(file).href)) as { default: Readonly<Record<string, Chart>> }).default;
}

async function drawingOf(name: string, chart: Chart, result: FigureResult, id: string): Promise<Drawing> {
  let figure: Figure;
  try {
    figure = await renderFigure({ name, chart, result, layout: layouts.wide, id });
  } catch (error) {
    return { problem: messageOf(error) };
  }
  return figure.sheet
    ? { rows: figure.tables.flatMap(({ columns, rows }) => [columns, ...rows]) }
    : { svg: standaloneSvg(figure.svg) };
}

/** The charts of an experiment that its results `was` and `is` draw differently; `was` is undefined if they are nowhere. */
export async function changedFigures(
  root: string,
  experiment: string,
  was: FigureResult | undefined,
  is: FigureResult,
): Promise<ChangedFigure[]> {
  const found: ChangedFigure[] = [];
  for (const [show, chart] of Object.entries(await chartsOf(root, experiment))) {
    const [name, id] = [`${experiment}.${show}`, `${experiment}-${show}`];
    const before: Drawing = was
      ? await drawingOf(name, chart, was, `was-${id}`)
      : { problem: 'the published results are neither in the cache nor in the store' };
    const now = await drawingOf(name, chart, is, `now-${id}`);
    const same = JSON.stringify(before).replaceAll(`was-${id}`, `now-${id}`) === JSON.stringify(now);
    if (!same) found.push({ name: `${experiment}/${show}`, title: chart.title, was: before, is: now });
  }
  return found;
}
