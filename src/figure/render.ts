/**
 * A chart with its experiment's result → everything that a page shows of it. Vega is loaded when something is drawn: a
 * build that has kept all its drawings does without.
 */
import { isDeepStrictEqual } from 'node:util';
import type { LaidOut, Layouts, Room } from './compile.ts';
import type { Chart, FigureSpec, Frame, Layout } from './define.ts';
import { describe } from './describe.ts';
import { FigureError } from './errors.ts';
import type { Sheet } from './marks/table.ts';
import type { Outline } from './outline.ts';
import { inTurn } from './reproducible.ts';
import type { Row } from './rows.ts';
import type { Surfaces } from './surfaces.ts';
import { type FigureTable, rowsOfUnit, tableOfRows, tableOfUnit } from './table.ts';
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
  /** What a page shows in place of the drawing: a table. */
  readonly sheet?: Sheet;
  /** The width that its specification was laid out for, so that with all that surrounds it it is as wide as its layout. */
  readonly room: number;
};

const still: Frame = { label: '', value: 0 };

/** The frames of a chart in order; a still chart has one. Throws for a chart with an empty list. */
export function framesOf(name: string, chart: Chart, result: FigureResult): readonly Frame[] {
  if (chart.frames === undefined) return [still];
  const frames = chart.frames(result as never);
  if (frames.length === 0) throw new FigureError(name, 'has no frames');
  return frames;
}

/** The part of a layout's width that a drawing may leave empty. Panels have whole widths, so few fill it to the pixel. */
const slack = 0.03;

type Fitted = { readonly spec: FigureSpec; readonly laidOut: Room; readonly room: number };

/** The specification of one layout and frame, called again with a corrected width until panels fill the layout. */
async function fitted(request: FigureRequest, frame: Frame, layouts: Layouts): Promise<Fitted> {
  const { name, chart, result, layout } = request;
  let room = layout.width;
  let before: Fitted | undefined;
  // Where no correction fills the layout the widest that fits will do.
  let best: Fitted | undefined;
  for (let pass = 0; ; pass++) {
    const given = { ...layout, width: room };
    const spec = chart.spec({ records: result.records, measures: result.measures, frame, layout: given } as never);
    // What does not ask how much room it has will not change.
    const isFixed = before !== undefined && (spec === before.spec || isDeepStrictEqual(spec, before.spec));
    const fit: Fitted = isFixed ? before! : { spec, room, laidOut: await layouts.layOut(spec, given) };
    const over = fit.laidOut.width - layout.width;
    if (over <= 0 && (over > -slack * layout.width || before?.laidOut.width === fit.laidOut.width)) return fit;
    if (over <= 0 && (best === undefined || fit.laidOut.width > best.laidOut.width)) best = fit;
    // A panel that takes whole steps swings about the width that was asked for: one correction after what fits will do.
    if (pass === 4 || isFixed || (pass >= 2 && best !== undefined)) {
      // A scene holds until the next layout.
      if (best !== undefined)
        return best === fit
          ? best
          : { ...best, laidOut: await layouts.layOut(best.spec, { ...layout, width: best.room }) };
      // What is wrong with rows matters more.
      fit.laidOut.scene();
      const wide = `${Math.ceil(fit.laidOut.width)} px wide, ${Math.ceil(over)} px more than the ${layout.name} layout has`;
      throw new FigureError(name, `is ${wide}: give its plots widths that follow \`layout.width\`, or fewer columns`);
    }
    // How much narrower the drawing became for each pixel of room less.
    const gained = before === undefined ? 1 : (before.laidOut.width - fit.laidOut.width) / (before.room - fit.room);
    before = fit;
    room -= Math.ceil(over / Math.min(1, Math.max(0.2, gained || 1)));
  }
}

/**
 * Draws one figure in one layout, after those that are being drawn. Throws a `FigureError` for whatever is wrong with
 * specification or data.
 */
export async function renderFigure(request: FigureRequest): Promise<Figure> {
  try {
    return await inTurn(() => draw(request));
  } catch (error) {
    if (error instanceof FigureError) throw error;
    throw new FigureError(request.name, error instanceof Error ? error.message : String(error));
  }
}

async function draw(request: FigureRequest): Promise<Figure> {
  const { Layouts } = await import('./compile.ts');
  const layouts = new Layouts(request.name);
  try {
    const frame = request.frame ?? framesOf(request.name, request.chart, request.result).at(-1)!;
    const { spec, room, laidOut } = await fitted(request, frame, layouts);
    return await finished(request, frame, spec, room, { ...laidOut, ...laidOut.scene() });
  } finally {
    layouts.finalize();
  }
}

async function finished(
  request: FigureRequest,
  frame: Frame,
  spec: FigureSpec,
  room: number,
  laidOut: LaidOut,
): Promise<Figure> {
  const { name, chart, result, layout, within } = request;
  const { toSvg } = await import('./svg.ts');
  const said = chart.describe?.(result as never) ?? spec.description;
  const description = typeof said === 'string' ? said : describe(chart.title, laidOut.units);
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
  const meta = spec.usermeta as { table?: readonly Row[]; sheet?: Sheet } | undefined;
  const own = chart.table?.(result as never) ?? meta?.table;
  const unit = mainUnit(laidOut.units);
  const rows = own ?? (unit === undefined ? [] : rowsOfUnit(unit));
  return {
    svg,
    spec,
    room,
    description,
    rows,
    ...(meta?.sheet === undefined ? {} : { sheet: meta.sheet }),
    table: own === undefined && unit !== undefined ? tableOfUnit(unit) : tableOfRows(rows),
  };
}
