/**
 * Declares the charts of an experiment: named charts, each a function from the experiment's records and measures to a
 * Vega-Lite specification. Restyling a chart never re-runs an experiment.
 *
 * ```ts
 * // experiments/optimizers.charts.ts
 * import { defineCharts, lines } from 'astro-measured/figure';
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
import type { MeasuresOf, RecordsOf } from '../lab/authoring/define-experiment.ts';
import { inputCheck, option } from './check-input.ts';
import type { Row } from './describe/rows.ts';

/** A layout by `name`, and its size in CSS pixels. `width` is filled exactly; `height` is a suggestion for the plot. */
export type Layout = { readonly name: 'wide' | 'narrow'; readonly width: number; readonly height: number };

/**
 * The two layouts that every figure is drawn in, in CSS pixels. `wide` is for a text column (pages may stretch it a
 * little but never shrink it), `narrow` for a 360 px phone.
 */
export const layouts: { readonly wide: Layout; readonly narrow: Layout } = {
  wide: { name: 'wide', width: 640, height: 300 },
  narrow: { name: 'narrow', width: 320, height: 250 },
};

/**
 * The specification of a chart: Vega-Lite with inline data and without literal colours (use `colour`). It has no `title`
 * or `background`, which belong to the page.
 */
export type FigureSpec = TopLevelSpec;

/** One frame: its label on the scrubber and its value (a step, a layer, a scale). */
export type Frame = { readonly label: string; readonly value: number };

/** A parameter of a grid of frames: its `title`, such as `Weight scale`, and its `choices`. */
export type Parameter = { readonly title: string; readonly choices: readonly Frame[] };

/** The frame that is drawn: of a grid, `value` is the choice of the first parameter and `second` that of the second. */
export type DrawnFrame = Frame & {
  /** The value of the second parameter of a grid; 0 of other frames. */
  readonly second: number;
};

/** A chart as its author declares it, drawn in each layout. With `frames` it is drawn once for each frame; its scales must not depend on the frame. */
export type ChartOf<Input> = {
  /** The figure's title: a few words, no full stop. */
  readonly title: string;
  /** What the figure shows, in a sentence or two. Omitted: generated from the data. */
  readonly describe?: (input: Input & { readonly frame: DrawnFrame }) => string;
  /** The rows of the data table and of the CSV file. Omitted: the rows that the specification draws. */
  readonly table?: (input: Input) => readonly Row[];
  /** The frames of the scrubber, for `<Frames>`. Omitted: a still figure, whose `frame.value` is 0. */
  readonly frames?: (input: Input) => readonly Frame[];
  /** Instead of `frames`: two parameters, of which a reader chooses one value each. What depends on one alone is drawn once for it. */
  readonly grid?: (input: Input) => readonly [Parameter, Parameter];
  /**
   * The label of the frame that tells most: the one in feeds and files, and shown first. Of a grid both labels, with a comma
   * between them. Omitted: the last frame.
   */
  readonly start?: string;
  /** The specification for one layout and one frame. */
  readonly spec: (input: Input & { readonly layout: Layout; readonly frame: DrawnFrame }) => FigureSpec;
};

/** A chart as the renderer takes it, without its experiment's types, which were checked where it was declared. */
export type Chart = ChartOf<never>;

/** Throws a `RangeError` for options of a chart that are unknown, missing or wrong. */
export const checkChart: (chart: unknown) => void = inputCheck<Chart>('chart', {
  title: option.text,
  describe: option.functionOf('{ records, measures, frame }').optional(),
  table: option.functionOf('{ records, measures }').optional(),
  frames: option.functionOf('{ records, measures }').optional(),
  grid: option.functionOf('{ records, measures }').optional(),
  start: option.text.optional(),
  spec: option.functionOf('{ records, measures, layout, frame }'),
});

/** Declares charts by name. `E`, as `typeof experiment`, gives records and measures their types. */
export function defineCharts<E>(charts: {
  readonly [name: string]: ChartOf<{ readonly records: RecordsOf<E>; readonly measures: MeasuresOf<E> }>;
}): Readonly<Record<string, Chart>> {
  return charts;
}
