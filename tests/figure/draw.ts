/** Draws Vega-Lite specifications for tests. */
import { expect } from 'vitest';
import {
  type Chart,
  type Figure,
  FigureError,
  type FigureSpec,
  layouts,
  renderFigure,
} from '../../src/figure/index.ts';

export const draw = (spec: object, layout = layouts.wide): Promise<Figure> =>
  renderFigure({
    name: 'test.kind',
    chart: { title: 'Kinds', spec: () => spec as FigureSpec } as unknown as Chart,
    result: { records: [], measures: {} },
    layout,
  });

export const refusal = async (spec: object, layout = layouts.wide): Promise<string> => {
  const error = await draw(spec, layout).then(
    () => 'it was drawn',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FigureError);
  return (error as FigureError).message;
};

export const values = [
  { kind: 'a', at: '2024-01-01', v: 1, w: 2 },
  { kind: 'b', at: '2024-02-01', v: 3, w: 5 },
  { kind: 'a', at: '2024-03-01', v: 4, w: 4 },
  { kind: 'b', at: '2024-04-01', v: 8, w: 1 },
];
export const quantitative = (field: string, more: object = {}) => ({ field, type: 'quantitative', ...more });
export const nominal = (field: string, more: object = {}) => ({ field, type: 'nominal', ...more });
export const chart = (mark: unknown, encoding: object, more: object = {}) => ({
  data: { values },
  mark,
  encoding,
  ...more,
});
export const marksIn = (svg: string): number => (svg.match(/<circle /g) ?? []).length;
