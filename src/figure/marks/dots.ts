/**
 * Values with their intervals, a dot on a bar for each category.
 *
 * ```ts
 * dots({ layout, data: rows,                       // { rule, mean, low, high }: one row a dot
 *   category: { field: 'rule', title: '' }, value: { field: 'mean', title: 'Final loss' }, interval: ['low', 'high'] })
 * ```
 */
import type { FigureSpec } from '../define.ts';
import { colour } from '../palette.ts';
import type { Row } from '../rows.ts';
import { type Axis, type Common, distinct, type Field, type Layer, layered, position } from './axis.ts';

/** What `dots` takes. Categories run down, values across. */
export type Dots<R extends Row = Row> = Common<R> & {
  readonly category: Axis<NoInfer<R>>;
  readonly value: Axis<NoInfer<R>>;
  /** Columns of the lower and upper end; the caption says of what (a confidence interval, the extremes). */
  readonly interval?: readonly [low: Field<NoInfer<R>>, high: Field<NoInfer<R>>];
  readonly layers?: readonly Layer[];
};

/** Dots as a specification. Throws a `RangeError` for a value outside its interval. */
export function dots<R extends Row>({ data, category, value, interval, layers = [] }: Dots<R>): FigureSpec {
  const y = { field: category.field, type: 'nominal', title: category.title, sort: null, axis: { grid: true } };
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
