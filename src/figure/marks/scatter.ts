/**
 * Scatter plots: points by two columns, series distinguished by colour and shape.
 *
 * ```ts
 * scatter({ layout, data: rows,                    // { width, loss, rule }: one row a point
 *   x: { field: 'width', title: 'Width', scale: 'log' }, y: { field: 'loss', title: 'Loss' }, series: 'rule' })
 * ```
 */
import { axis, inputCheck, seriesInput } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { type Axis, type Layer, layered, position, type SeriesInput } from './axis.ts';
import { seriesStyle } from './series.ts';

/** What `scatter` takes. `series` is shown by colour and shape. */
export type Scatter<R extends Row = Row> = SeriesInput<R> & {
  /** The column along the horizontal axis. */
  readonly x: Axis<NoInfer<R>>;
  /** The column along the vertical axis. */
  readonly y: Axis<NoInfer<R>>;
};

const check = inputCheck<Scatter>('scatter', { ...seriesInput, x: axis, y: axis });

/** A scatter plot as a specification. Throws a `RangeError` for more than twelve series. */
export function scatter<R extends Row>(input: Scatter<R>): FigureSpec {
  check(input);
  const { layout, data, x, y, series, seriesTitle, layers = [] } = input;
  const style = seriesStyle({ layout, data, field: series, title: seriesTitle, labels: 'legend', twice: true });
  const legend = { title: seriesTitle ?? null, columns: layout.name === 'narrow' ? 2 : 4 };
  const mark = {
    mark: 'point',
    encoding: {
      x: position(x, 'x'),
      y: position(y, 'y'),
      color: series === undefined ? style.color : { ...style.color, legend },
      ...(series === undefined
        ? {}
        : { shape: { field: series, type: 'nominal', scale: { domain: style.names }, legend } }),
    },
  };
  return layered(data, [mark as Layer, ...layers]);
}
