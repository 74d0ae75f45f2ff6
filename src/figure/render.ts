/**
 * A chart with its experiment's result → everything that a page shows of it. Vega is loaded when something is drawn: a
 * build that has kept all its drawings does without.
 */
import type { LaidOut } from './compile.ts';
import type { Chart, FigureSpec, Frame, Layout } from './define.ts';
import { describe } from './describe.ts';
import { FigureError } from './errors.ts';
import { inlineData } from './fields.ts';
import type { Outline } from './outline.ts';
import type { Row } from './rows.ts';
import type { Surfaces } from './surfaces.ts';
import { type FigureTable, tableOfRows, tableOfUnit } from './table.ts';
import { mainUnit } from './units.ts';

/** The part of an experiment's result that charts read. */
export type FigureResult = { readonly records: readonly unknown[]; readonly measures: unknown };

/** What is to be drawn. `name` is `experiment.chart`, as errors say it. */
export type FigureRequest = {
  readonly name: string;
  readonly chart: Chart;
  readonly result: FigureResult;
  readonly layout: Layout;
  /** Which frame; the last if omitted. */
  readonly frame?: Frame;
  /** Starts every id in the SVG; `name-layout` if omitted. */
  readonly id?: string;
  /** Draws text as outlines, for pictures; text stays text if omitted. */
  readonly outline?: Outline;
  /** For a drawing that is a part of a page: the id of its description there, and the surfaces that it shares. */
  readonly within?: { readonly describedBy: string; readonly surfaces: Surfaces };
};

/** A drawn figure. `rows` is all data, `table` what a page lists of it. */
export type Figure = {
  readonly svg: string;
  readonly spec: FigureSpec;
  readonly description: string;
  readonly table: FigureTable;
  readonly rows: readonly Row[];
};

const still: Frame = { label: '', value: 0 };

/** The frames of a chart in order; a still chart has one. Throws for a chart with an empty list. */
export function framesOf(name: string, chart: Chart, result: FigureResult): readonly Frame[] {
  if (chart.frames === undefined) return [still];
  const frames = chart.frames(result as never);
  if (frames.length === 0) throw new FigureError(name, 'has no frames');
  return frames;
}

/** The specification of one layout and frame, called again with a corrected width until panels fill the layout. */
async function fitted(request: FigureRequest, frame: Frame): Promise<{ spec: FigureSpec; laidOut: LaidOut }> {
  const { name, chart, result, layout } = request;
  const { compileFigure } = await import('./compile.ts');
  let width = layout.width;
  let before = Number.NaN;
  // Panels have whole widths, so no correction may fill the layout exactly: the widest that fits will do.
  let best: { spec: FigureSpec; laidOut: LaidOut } | undefined;
  for (let pass = 0; ; pass++) {
    const spec = chart.spec({
      records: result.records,
      measures: result.measures,
      frame,
      layout: { ...layout, width },
    } as never);
    const laidOut = await compileFigure(name, spec, { ...layout, width });
    const over = laidOut.width - layout.width;
    if ((over <= 0 && over > -2) || (pass > 0 && over < 0 && before === laidOut.width)) return { spec, laidOut };
    if (over <= 0 && (best === undefined || laidOut.width > best.laidOut.width)) best = { spec, laidOut };
    if (pass === 3) {
      if (best !== undefined) return best;
      throw new FigureError(name, `is ${laidOut.width} px wide, ${over} px more than the ${layout.name} layout has`);
    }
    before = laidOut.width;
    width -= Math.ceil(over);
  }
}

/** Draws one figure in one layout. Throws a `FigureError` for whatever is wrong with specification or data. */
export async function renderFigure(request: FigureRequest): Promise<Figure> {
  const { name, chart, result, layout, within } = request;
  const frame = request.frame ?? framesOf(name, chart, result).at(-1)!;
  const { toSvg } = await import('./svg.ts');
  try {
    const { spec, laidOut } = await fitted(request, frame);
    const description = chart.describe?.(result as never) ?? describe(chart.title, spec);
    const margin = Math.max(0, (layout.width - laidOut.width) / 2);
    const svg = toSvg(laidOut.root, {
      id: request.id ?? `${name.replaceAll('.', '-')}-${layout.name}`,
      width: laidOut.width + 2 * margin,
      height: laidOut.height,
      origin: [laidOut.origin[0] + margin, laidOut.origin[1]],
      title: frame.label === '' || within !== undefined ? chart.title : `${chart.title}: ${frame.label}`,
      description: within === undefined ? description : { id: within.describedBy },
      outline: request.outline,
      // A phone has nothing to hover with.
      tooltips: layout.name === 'wide',
      surfaces: within?.surfaces,
    });
    const unit = mainUnit(spec);
    const own = chart.table?.(result as never) ?? (spec.usermeta as { table?: readonly Row[] } | undefined)?.table;
    const rows = own ?? unit?.rows ?? inlineData(spec)[0] ?? [];
    return {
      svg,
      spec,
      description,
      rows,
      table: own === undefined && unit !== undefined ? tableOfUnit(unit) : tableOfRows(rows),
    };
  } catch (error) {
    if (error instanceof FigureError) throw error;
    throw new FigureError(name, error instanceof Error ? error.message : String(error));
  }
}
