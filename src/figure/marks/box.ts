/**
 * Box plots: median and quartiles of each category, whiskers to the last value within 1.5 box lengths, others as points.
 *
 * ```ts
 * box({ layout, data: rows,                        // { width, loss }: one row a seed
 *   category: { field: 'width', title: 'Width' }, value: { field: 'loss', title: 'Final loss' } })
 * ```
 */
import type { FigureSpec } from '../define.ts';
import { colour } from '../palette.ts';
import type { Row } from '../rows.ts';
import { type Axis, type Common, distinct, type Layer, layered, position } from './axis.ts';

/** What `box` takes. Categories run down, values across. */
export type Box<R extends Row = Row> = Common<R> & {
  readonly category: Axis<NoInfer<R>>;
  readonly value: Axis<NoInfer<R>>;
  readonly layers?: readonly Layer[];
};

/** Box plots as a specification. */
export function box<R extends Row>({ data, category, value, layers = [] }: Box<R>): FigureSpec {
  const mark = {
    mark: { type: 'boxplot', color: colour('c1'), size: 16 },
    encoding: {
      y: { field: category.field, type: 'nominal', title: category.title, sort: null },
      x: position(value, 'y'),
    },
  };
  return layered(data, [mark as Layer, ...layers], { height: distinct(data, category.field).length * 34 });
}
