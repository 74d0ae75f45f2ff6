/**
 * Renders a chart with its experiment's result: SVG, description, table and rows. Vega is imported only when a figure is
 * drawn, so that a build that finds all drawings in the build cache does not load it.
 */
import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../lab/errors.ts';
import type { FigureCompiler, FigureLayout, SpecLayout } from './compile/compile.ts';
import { oneAtATime } from './compile/reproducible.ts';
import { checkIsObject } from './compile/unsupported.ts';
import type { Chart, DrawnFrame, FigureSpec, Frame, Layout } from './define-charts.ts';
import { type FigureTable, rowsOfPlots, tableOfRows, tablesOfPlots } from './describe/data-table.ts';
import { describeFigure } from './describe/describe.ts';
import type { Row } from './describe/rows.ts';
import { plotsOf } from './describe/units.ts';
import { FigureError } from './errors.ts';
import { type FigureResult, framesOf } from './frames-of-chart.ts';
import type { TextTable } from './marks/table.ts';
import type { SharedShapes } from './svg/shared-shapes.ts';
import type { Outline } from './text/outline.ts';

/** A figure to draw. `name` is `experiment.chart`; errors contain it. */
export type FigureRequest = {
  readonly name: string;
  readonly chart: Chart;
  /** What the chart's functions receive of its experiment. */
  readonly result: FigureResult;
  /** One of `layouts`. */
  readonly layout: Layout;
  /** Omitted: the frame that tells most, `start` of the chart. */
  readonly frame?: Frame & {
    /** Of a grid, the value of the second parameter. */
    readonly second?: number;
  };
  /** Prefix of every id in the SVG. Omitted: `name-layout`. */
  readonly id?: string;
  /** Draws text as outlines. Omitted: text stays text. */
  readonly outline?: Outline;
  /** For drawings that share a page. Omitted: the SVG has its own description and all its shapes. */
  readonly within?: {
    /** The id of the element on the page that describes the drawings. */
    readonly describedBy: string;
    /** The shapes that the page contains once, and whether this drawing refers to those of others. */
    readonly surfaces: SharedShapes;
  };
};

/** A drawn figure. `rows` has all data, `tables` the part that a page lists. */
export type Figure = {
  /** The drawing, an `<svg>` element. */
  readonly svg: string;
  /** The specification that was drawn. */
  readonly spec: FigureSpec;
  /**
   * What the figure shows, in words: the chart's `describe`, else the specification's description, else generated from
   * the data.
   */
  readonly description: string;
  readonly tables: readonly FigureTable[];
  readonly rows: readonly Row[];
  /** The table that a page shows instead of the drawing, of a chart made by `table`. */
  readonly sheet?: TextTable;
  /** The width passed to the specification, so that the drawing with axes and legends is as wide as its layout. */
  readonly targetWidth: number;
};

/** The fraction of a layout's width that a drawing may leave empty, since panels have whole widths. */
const slack = 0.03;

type Fit = { readonly spec: FigureSpec; readonly laidOut: SpecLayout; readonly targetWidth: number };

/** Lays out the specification of a layout and frame, again with a corrected width until the drawing fills the layout. */
async function fitToLayout(request: FigureRequest, frame: DrawnFrame, layouts: FigureCompiler): Promise<Fit> {
  const { name, chart, result, layout } = request;
  let targetWidth = layout.width;
  let previous: Fit | undefined;
  // If no correction fills the layout, the widest that fits is used.
  let best: Fit | undefined;
  for (let pass = 0; ; pass++) {
    const given = { ...layout, width: targetWidth };
    const spec = chart.spec({ records: result.records, measures: result.measures, frame, layout: given } as never);
    checkIsObject(name, spec);
    // A specification that ignores the width will not change.
    const isFixed = previous !== undefined && (spec === previous.spec || isDeepStrictEqual(spec, previous.spec));
    const fit: Fit = isFixed ? previous! : { spec, targetWidth, laidOut: await layouts.layOut(spec, given) };
    const excess = fit.laidOut.width - layout.width;
    if (excess <= 0 && (excess > -slack * layout.width || previous?.laidOut.width === fit.laidOut.width)) return fit;
    if (excess <= 0 && (best === undefined || fit.laidOut.width > best.laidOut.width)) best = fit;
    // Panels of whole steps may alternate about the wanted width: one correction after a fit is enough.
    if (pass === 4 || isFixed || (pass >= 2 && best !== undefined)) {
      // A scene is valid until the next layout, so an earlier one is laid out again.
      if (best !== undefined)
        return best === fit
          ? best
          : { ...best, laidOut: await layouts.layOut(best.spec, { ...layout, width: best.targetWidth }) };
      // Invalid rows are the more useful error: check them first.
      fit.laidOut.scene();
      const wide = `${Math.ceil(fit.laidOut.width)} px wide, ${Math.ceil(excess)} px more than the ${layout.name} layout has`;
      throw new FigureError(name, `is ${wide}: give its plots widths that follow \`layout.width\`, or fewer columns`);
    }
    // By how many pixels the drawing shrinks for each pixel less.
    const gained =
      previous === undefined
        ? 1
        : (previous.laidOut.width - fit.laidOut.width) / (previous.targetWidth - fit.targetWidth);
    previous = fit;
    targetWidth -= Math.ceil(excess / Math.min(1, Math.max(0.2, gained || 1)));
  }
}

/**
 * Draws a figure in one layout, after the figures being drawn. Throws a `FigureError` for any error of specification or
 * data.
 */
export async function renderFigure(request: FigureRequest): Promise<Figure> {
  try {
    return await oneAtATime(() => draw(request));
  } catch (error) {
    if (error instanceof FigureError) throw error;
    throw new FigureError(request.name, messageOf(error));
  }
}

function tellingFrame({ name, chart, result }: FigureRequest): DrawnFrame {
  const { frames, telling } = framesOf(name, chart, result);
  return frames[telling]!;
}

async function draw(request: FigureRequest): Promise<Figure> {
  const { FigureCompiler } = await import('./compile/compile.ts');
  const layouts = new FigureCompiler(request.name);
  try {
    const frame = request.frame ? { second: 0, ...request.frame } : tellingFrame(request);
    return await finish(request, frame, await fitToLayout(request, frame, layouts));
  } finally {
    layouts.finalize();
  }
}

async function finish(
  request: FigureRequest,
  frame: DrawnFrame,
  { spec, targetWidth, laidOut: size }: Fit,
): Promise<Figure> {
  const laidOut: FigureLayout = { ...size, ...size.scene() };
  const { name, chart, result, layout, within } = request;
  const { toSvg } = await import('./svg/svg.ts');
  const ownDescription = chart.describe?.({ ...result, frame } as never) ?? spec.description;
  const description = typeof ownDescription === 'string' ? ownDescription : describeFigure(chart.title, laidOut.units);
  const margin = Math.max(0, (layout.width - laidOut.width) / 2);
  const svg = toSvg(laidOut.root, {
    id: request.id ?? `${name.replaceAll('.', '-')}-${layout.name}`,
    width: laidOut.width + 2 * margin,
    height: laidOut.height,
    origin: [laidOut.origin[0] + margin, laidOut.origin[1]],
    title: frame.label === '' || within !== undefined ? chart.title : `${chart.title}: ${frame.label}`,
    description: within === undefined ? description : { id: within.describedBy },
    outline: request.outline,
    // Phones have no hover.
    tooltips: layout.name === 'wide',
    surfaces: within?.surfaces,
  });
  const meta = spec.usermeta as { table?: readonly Row[]; sheet?: TextTable } | undefined;
  const ownRows = chart.table?.(result as never) ?? meta?.table;
  const plots = plotsOf(laidOut.units);
  const rows = ownRows ?? rowsOfPlots(plots);
  return {
    svg,
    spec,
    targetWidth,
    description,
    rows,
    ...(meta?.sheet === undefined ? {} : { sheet: meta.sheet }),
    tables: ownRows === undefined && plots.length > 0 ? tablesOfPlots(plots) : [tableOfRows(rows)],
  };
}
