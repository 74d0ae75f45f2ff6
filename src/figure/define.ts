/**
 * How an experiment is shown: named charts, each a function from the experiment's records and measures to a
 * Vega-Lite specification. Restyling a chart never re-runs an experiment.
 *
 * ```ts
 * // experiments/optimizers.charts.ts
 * import { defineCharts, lines } from '../src/figure/index.ts';
 * import type experiment from './optimizers.ts';
 *
 * export default defineCharts<typeof experiment>({
 *   spread: {
 *     title: 'How far units spread',
 *     spec: ({ records, layout }) => lines({
 *       layout,
 *       data: records.flatMap((r) => r.spread.map((spread, step) => ({ step, spread, optimizer: r.optimizer }))),
 *       x: { field: 'step', title: 'Step' },
 *       y: { field: 'spread', title: 'Largest difference between hidden units' },
 *       series: 'optimizer',
 *     }),
 *   },
 * });
 * ```
 */
import type { TopLevelSpec } from 'vega-lite';
import type { MeasuresOf, RecordsOf } from '../lab/define.ts';
import type { Row } from './rows.ts';

/** The room that a figure has. `width` is filled to the pixel; `height` is a suggestion for the plot. */
export type Layout = { readonly name: 'wide' | 'narrow'; readonly width: number; readonly height: number };

/**
 * The two layouts that every figure is drawn in, in CSS pixels. `wide` suits a text column (it may be stretched a
 * little, never shrunk), `narrow` fits a 360 px phone.
 */
export const layouts: { readonly wide: Layout; readonly narrow: Layout } = {
  wide: { name: 'wide', width: 640, height: 300 },
  narrow: { name: 'narrow', width: 320, height: 250 },
};

/**
 * What a chart may be drawn as: Vega-Lite with inline data and no colours of its own (use `colour`). Its `title` and
 * `background` belong to the page.
 */
export type FigureSpec = TopLevelSpec;

/** One frame of a run: its label on the scrubber and the number that it stands for (a step, a layer, a scale). */
export type Frame = { readonly label: string; readonly value: number };

/** A chart as its author types it. With `frames` it is drawn once a frame, and its scales must not depend on the frame. */
type ChartOf<Input> = {
  /** The figure's title: a few words, no full stop. */
  readonly title: string;
  /** What the figure shows, in a sentence or two; generated from the data if omitted. */
  readonly describe?: (input: Input) => string;
  /** The rows of the data table and of the CSV file; the rows that the specification draws if omitted. */
  readonly table?: (input: Input) => readonly Row[];
  /** The frames that a reader scrubs through, for `<Frames>`. Omitted: a still figure, whose one frame is 0. */
  readonly frames?: (input: Input) => readonly Frame[];
  readonly spec: (input: Input & { readonly layout: Layout; readonly frame: Frame }) => FigureSpec;
};

/** A chart whose experiment is no longer known: what the renderer takes. Its types were checked where it was declared. */
export type Chart = ChartOf<never>;

/** Declares the charts of an experiment by name; `typeof experiment` gives records and measures their types. */
export function defineCharts<E>(charts: {
  readonly [name: string]: ChartOf<{ readonly records: RecordsOf<E>; readonly measures: MeasuresOf<E> }>;
}): Readonly<Record<string, Chart>> {
  return charts;
}
