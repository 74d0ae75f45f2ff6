/**
 * Areas from zero, stacked for series: what parts a whole has along x.
 *
 * ```ts
 * area({ layout, data: rows,                       // { step, share, class }: one row a step and class
 *   x: { field: 'step', title: 'Step' }, y: { field: 'share', title: 'Share' }, series: 'class' })
 * ```
 */
import type { FigureSpec } from '../define.ts';
import type { Row } from '../rows.ts';
import { type Axis, distinct, type InSeries, type Layer, layered, position } from './axis.ts';
import { seriesStyle } from './series.ts';

/** What `area` takes. `series` is the column of the parts, stacked in the data's order from the top, as the legend has them. */
export type Area<R extends Row = Row> = InSeries<R> & {
  readonly x: Axis<NoInfer<R>>;
  /** An area's height means something on a linear scale only, from zero. */
  readonly y: Omit<Axis<NoInfer<R>>, 'scale' | 'constant' | 'zero'>;
};

/** Areas as a specification. Throws a `RangeError` for a stack with a negative part, or not one row for each x and part. */
export function area<R extends Row>({ layout, data, x, y, series, seriesTitle, layers = [] }: Area<R>): FigureSpec {
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

/** Vega-Lite draws a part that is missing at some x as 0, which is not in the data. */
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
