/**
 * Points by two columns, told apart by colour and shape.
 *
 * ```ts
 * scatter({ layout, data: rows,                    // { width, loss, rule }: one row a point
 *   x: { field: 'width', title: 'Width', scale: 'log' }, y: { field: 'loss', title: 'Loss' }, series: 'rule' })
 * ```
 */
import type { FigureSpec } from '../define.ts';
import type { Row } from '../rows.ts';
import { type Axis, type InSeries, type Layer, layered, position } from './axis.ts';
import { seriesStyle } from './series.ts';

/** What `scatter` takes. `series` tells the points apart, by colour and shape. */
export type Scatter<R extends Row = Row> = InSeries<R> & {
  readonly x: Axis<NoInfer<R>>;
  readonly y: Axis<NoInfer<R>>;
};

/** Points as a specification. Throws a `RangeError` for more than twelve series. */
export function scatter<R extends Row>({
  layout,
  data,
  x,
  y,
  series,
  seriesTitle,
  layers = [],
}: Scatter<R>): FigureSpec {
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
