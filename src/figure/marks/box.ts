/**
 * Box plots: median and quartiles of each category, whiskers to the last value within 1.5 box lengths, others as points.
 *
 * ```ts
 * box({ layout, data: rows,                        // { width, loss }: one row a seed
 *   category: { field: 'width', title: 'Width' }, value: { field: 'loss', title: 'Final loss' } })
 * ```
 */
import { categoryInput, inputCheck } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { colour } from '../palette.ts';
import { type CategoryInput, categoryChannel, distinct, type Layer, layered, position } from './axis.ts';

const check = inputCheck<CategoryInput>('box', categoryInput);

/** Box plots as a specification. */
export function box<R extends Row>(input: CategoryInput<R>): FigureSpec {
  check(input);
  const { data, category, value, layers = [] } = input;
  const mark = {
    mark: { type: 'boxplot', color: colour('c1'), size: 16 },
    encoding: { y: categoryChannel(category), x: position(value, 'y') },
  };
  return layered(data, [mark as Layer, ...layers], { height: distinct(data, category.field).length * 34 });
}
