/**
 * Strip plots: every value as a small tick beside its category, a mean with its interval as a dot on a bar.
 *
 * ```ts
 * strip({ layout, data: rows,                      // { n, variance }: one row a seed
 *   category: { field: 'n', title: 'Fan-in n' }, value: { field: 'variance', title: 'Variance of z' },
 *   intervals: means,                              // { n, value, low, high }: one row a category
 *   layers: rule({ x: 1 / 3, label: '1/3' }) })
 * ```
 */
import { categoryInput, inputCheck, option } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { colour } from '../palette.ts';
import { type CategoryInput, categoryChannel, distinct, type Layer, layered, position } from './axis.ts';

/** A value (such as a mean) with the ends of its interval. */
type Interval = Row & { readonly value: number; readonly low: number; readonly high: number };

/** What `strip` takes. `data` may be empty where only intervals are shown. */
export type Strip<R extends Row = Row> = CategoryInput<R> & {
  /** One row for each category: its name in the category's column, with `value`, `low` and `high`. */
  readonly intervals?: readonly Interval[];
};

/** Throws for neither rows nor intervals, an interval without a category, and a value outside its interval. */
function checkIntervals(intervals: readonly Interval[], category: string, hasData: boolean): void {
  if (!hasData && intervals.length === 0)
    throw new RangeError('strip has neither rows nor intervals: its `data` and its `intervals` are empty');
  for (const row of intervals) {
    if (row[category] === undefined)
      throw new RangeError(
        `an interval has no “${category}”, which is the category's column; it has ${Object.keys(row).join(', ')}`,
      );
    if (!(row.low <= row.value && row.value <= row.high))
      throw new RangeError(
        `“${row[category]}”: the value ${row.value} is outside its interval, ${row.low} to ${row.high}`,
      );
  }
}

const check = inputCheck<Strip>('strip', { ...categoryInput, intervals: option.list('rows').optional() });

/** A strip plot as a specification. Throws a `RangeError` for nothing to draw and for invalid intervals. */
export function strip<R extends Row>(input: Strip<R>): FigureSpec {
  check(input);
  const { layout, data, category, value, intervals = [], layers = [] } = input;
  checkIntervals(intervals, category.field, data.length > 0);
  const rows: readonly Row[] = data.length > 0 ? data : intervals;
  const count = distinct(rows, category.field).length;
  const y = { ...categoryChannel(category), axis: { grid: true, domain: false, ticks: false } };
  const x = position(value, 'y');
  return layered(
    rows,
    [
      ...(data.length > 0
        ? [
            {
              mark: {
                type: 'tick',
                thickness: 1.2,
                size: 14,
                opacity: intervals.length > 0 ? 0.35 : 0.7,
                color: colour('c1'),
              },
              encoding: { y, x },
            },
          ]
        : []),
      ...(intervals.length > 0
        ? [
            {
              data: { values: intervals },
              mark: { type: 'rule', strokeWidth: 2.5, color: colour('c2'), tooltip: null },
              encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } },
            },
            {
              data: { values: intervals },
              mark: { type: 'point', size: 60, color: colour('c2'), stroke: colour('paper'), strokeWidth: 1 },
              encoding: {
                y,
                x: { ...x, field: 'value' },
                tooltip: ['value', 'low', 'high'].map((field) => ({ field, type: 'quantitative' })),
              },
            },
          ]
        : []),
      ...layers,
    ] as Layer[],
    { height: Math.max(60, count * (layout.name === 'wide' ? 34 : 38)) },
  );
}
