/**
 * Area charts: areas from zero, stacked by series.
 *
 * ```ts
 * area({ layout, data: rows,                       // { step, share, class }: one row a step and class
 *   x: { field: 'step', title: 'Step' }, y: { field: 'share', title: 'Share' }, series: 'class' })
 * ```
 */
import { axis, axisFromZero, inputCheck, seriesInput } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { type Axis, distinct, type Layer, layered, position, type SeriesInput } from './axis.ts';
import { seriesStyle } from './series.ts';

/** What `area` takes. `series` is the column of the parts, stacked from the top in the order of the data and the legend. */
export type Area<R extends Row = Row> = SeriesInput<R> & {
  /** The column along the horizontal axis. */
  readonly x: Axis<NoInfer<R>>;
  /** A linear scale from zero, since an area's height shows its value. */
  readonly y: Omit<Axis<NoInfer<R>>, 'scale' | 'constant' | 'zero'>;
};

const check = inputCheck<Area>('area', { ...seriesInput, x: axis, y: axisFromZero });

/** An area chart as a specification. Throws a `RangeError` for a stack with a negative part, or not one row for each x and part. */
export function area<R extends Row>(input: Area<R>): FigureSpec {
  check(input);
  const { layout, data, x, y, series, seriesTitle, layers = [] } = input;
  if (series !== undefined) checkStack(data, x.field, y.field, series);
  const style = seriesStyle({ layout, data, field: series, title: seriesTitle, labels: 'legend' });
  const legend = { title: seriesTitle ?? null, symbolType: 'square', columns: layout.name === 'narrow' ? 2 : 4 };
  const mark = {
    mark: { type: 'area', fillOpacity: series === undefined ? 0.3 : 0.85 },
    encoding: {
      x: position(x, 'x'),
      y: { ...position({ ...y, zero: true }, 'y'), stack: series === undefined ? null : 'zero' },
      color: series === undefined ? style.color : { ...style.color, legend },
    },
  };
  return layered(data, [mark as Layer, ...layers]);
}

/** Throws for negative parts and for missing ones, which Vega-Lite would draw as 0. */
function checkStack(data: readonly Row[], x: string, y: string, series: string): void {
  const negative = data.find((row) => Number(row[y]) < 0);
  if (negative !== undefined)
    throw new RangeError(`“${y}” is ${negative[y]}, but parts of a stack are 0 or more; use \`lines\``);
  for (const at of distinct(data, x))
    for (const name of distinct(data, series)) {
      const rows = data.filter((row) => row[x] === at && row[series] === name).length;
      if (rows !== 1)
        throw new RangeError(
          `a stack has one row for each part and x, but “${name}” has ${rows} where “${x}” is ${at}`,
        );
    }
}
