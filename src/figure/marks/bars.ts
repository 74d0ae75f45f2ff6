/**
 * Bar charts: bars from zero by category, side by side for series.
 *
 * ```ts
 * bars({ layout, data: rows,                       // { optimizer, loss }: one row a bar
 *   category: { field: 'optimizer', title: '' }, value: { field: 'loss', title: 'Final loss' } })
 * ```
 */
import { axis, axisFromZero, inputCheck, seriesInput } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { type Axis, categoryChannel, distinct, type Layer, layered, position, type SeriesInput } from './axis.ts';
import { seriesStyle } from './series.ts';

/** What `bars` takes. Categories run down, so that their names fit; bars run across. `series` separates the bars of one category. */
export type Bars<R extends Row = Row> = SeriesInput<R> & {
  readonly category: Axis<NoInfer<R>>;
  /** A linear scale from zero, since a bar's length shows its value. */
  readonly value: Omit<Axis<NoInfer<R>>, 'scale' | 'constant' | 'zero'>;
};

const check = inputCheck<Bars>('bars', { ...seriesInput, category: axis, value: axisFromZero });

/** A bar chart as a specification. Throws a `RangeError` for two rows of one bar, a domain without zero, more than ten series. */
export function bars<R extends Row>(input: Bars<R>): FigureSpec {
  check(input);
  const { layout, data, category, value, series, layers = [] } = input;
  if (value.domain !== undefined && (value.domain[0] > 0 || value.domain[1] < 0))
    throw new RangeError(`bars start at 0, which the domain [${value.domain.join(', ')}] leaves out`);
  const seen = new Set<string>();
  for (const row of data) {
    const bar = [row[category.field], ...(series === undefined ? [] : [row[series]])].map(String);
    if (seen.has(JSON.stringify(bar)))
      throw new RangeError(
        `two rows are one bar, ${bar.join(', ')}: give one row a bar, or \`box\` or \`strip\` for several`,
      );
    seen.add(JSON.stringify(bar));
  }
  const { color } = seriesStyle({ layout, data, field: series, title: input.seriesTitle, labels: 'legend' });
  const categories = distinct(data, category.field).length;
  const inEach = series === undefined ? 1 : distinct(data, series).length;
  const mark = {
    mark: 'bar',
    encoding: {
      y: categoryChannel(category),
      x: { ...position({ ...value, zero: true }, 'y'), stack: null },
      color:
        series === undefined ? color : { ...color, legend: { title: input.seriesTitle ?? null, symbolType: 'square' } },
      ...(series === undefined ? {} : { yOffset: { field: series, type: 'nominal', sort: null } }),
    },
  };
  return layered(data, [mark as Layer, ...layers], { height: categories * Math.max(26, inEach * 14 + 12) });
}
