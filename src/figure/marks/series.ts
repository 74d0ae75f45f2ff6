/** Series of a figure: their colours in order of appearance, and their names written beside the lines where they fit. */
import { textWidth } from '../metrics.ts';
import { categories, colour } from '../palette.ts';
import type { Row } from '../rows.ts';
import { type AxisOf, type Common, distinct, type Layer, position } from './axis.ts';

/** Direct labels take at most this part of a figure's width; longer names go into a legend above the plot. */
const labelShare = 0.3;

/** Series that colours alone can tell apart, and that colours with shapes or dashes can. */
const mostByColour = 10;
const mostByBoth = 12;

/** How series are told apart. */
export type SeriesStyle = {
  readonly names: readonly (string | number | boolean)[];
  readonly direct: boolean;
  readonly color: object;
};

/**
 * The colour channel for a column, or the first series colour without one. Throws a `RangeError` for more than ten
 * series, twelve where shapes or dashes tell them apart as well.
 */
export function seriesStyle(
  input: Common & {
    field?: string | undefined;
    title?: string | undefined;
    labels?: 'direct' | 'legend' | undefined;
    /** Whether shapes or dashes tell the series apart as well. */
    twice?: boolean;
    /** Whether the legend stands above panels, whose headings leave room already. */
    panels?: boolean;
  },
): SeriesStyle {
  const { field, data, layout } = input;
  if (field === undefined) return { names: [], direct: false, color: { value: colour('c1') } };
  const names = distinct<string | number | boolean>(data, field);
  const most = input.twice ? mostByBoth : mostByColour;
  if (names.length > most)
    throw new RangeError(
      `${names.length} series in “${field}”, of which ${most} at most can be told apart: show fewer, group the rare ones, or draw a figure for each group`,
    );
  const colours = categories(names.length);
  const widest = Math.max(...names.map((name) => textWidth(String(name), 12, 600)));
  const direct = (input.labels ?? (widest <= labelShare * layout.width ? 'direct' : 'legend')) === 'direct';
  return {
    names,
    direct,
    color: {
      field,
      type: 'nominal',
      scale: { domain: names, range: names.map((_, i) => colours[i % colours.length]!) },
      legend: direct
        ? null
        : {
            title: input.title ?? null,
            columns: layout.name === 'narrow' ? 2 : 4,
            symbolType: 'stroke',
            ...(input.panels ? { offset: 16 } : {}),
          },
    },
  };
}

/** Names beside the right ends of lines. They move apart where they would touch. */
export function endLabels(
  data: readonly Row[],
  x: AxisOf<string>,
  y: AxisOf<string>,
  field: string,
  color: object,
): Layer {
  const last = new Map<unknown, Row>();
  for (const row of data) {
    const best = last.get(row[field]);
    if (best === undefined || Number(row[x.field]) >= Number(best[x.field])) last.set(row[field], row);
  }
  return {
    name: 'labels',
    data: { values: [...last.values()] },
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 7, fontWeight: 600, clip: false },
    encoding: { x: position(x, 'x'), y: position(y, 'y'), text: { field, type: 'nominal' }, color },
  } as Layer;
}
