/**
 * Dot plots: for each category a dot for its value, on a bar for its interval.
 *
 * ```ts
 * dots({ layout, data: rows,                       // { rule, mean, low, high }: one row a dot
 *   category: { field: 'rule', title: '' }, value: { field: 'mean', title: 'Final loss' }, interval: ['low', 'high'] })
 * ```
 */
import { categoryInput, inputCheck, option } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { colour } from '../palette.ts';
import { type CategoryInput, categoryChannel, distinct, type Field, type Layer, layered, position } from './axis.ts';

/** What `dots` takes. */
export type Dots<R extends Row = Row> = CategoryInput<R> & {
  /** Columns of the lower and upper end; the caption should name the kind of interval. */
  readonly interval?: readonly [low: Field<NoInfer<R>>, high: Field<NoInfer<R>>];
};

const check = inputCheck<Dots>('dots', { ...categoryInput, interval: option.pair("'low', 'high'").optional() });

/** A dot plot as a specification. Throws a `RangeError` for a value outside its interval. */
export function dots<R extends Row>(input: Dots<R>): FigureSpec {
  check(input);
  const { data, category, value, interval, layers = [] } = input;
  const y = { ...categoryChannel(category), axis: { grid: true } };
  const x = position(value, 'y');
  const bars: object[] = [];
  if (interval !== undefined) {
    const [low, high] = interval;
    for (const row of data) {
      const [from, at, to] = [row[low], row[value.field], row[high]].map(Number) as [number, number, number];
      if (from > at || at > to)
        throw new RangeError(`“${row[category.field]}”: ${at} is outside its interval, ${from} to ${to}`);
    }
    bars.push({
      mark: { type: 'rule', strokeWidth: 2.5, color: colour('c1'), tooltip: null },
      encoding: { y, x: { ...x, field: low }, x2: { field: high } },
    });
  }
  const tooltip = [value.field, ...(interval ?? [])].map((field) => ({ field, type: 'quantitative' }));
  const points = {
    mark: { type: 'point', size: 60, color: colour('c1'), stroke: colour('paper'), strokeWidth: 1 },
    encoding: { y, x, tooltip },
  };
  return layered(data, [...bars, points, ...layers] as Layer[], { height: distinct(data, category.field).length * 30 });
}
