/** Colours of series in order of appearance, and their names: beside the lines where they fit, else in a legend. */
import type { Row } from '../describe/rows.ts';
import { categories, colour } from '../palette.ts';
import { textWidth } from '../text/metrics.ts';
import { type AxisOf, distinct, type HelperInput, type Layer, position } from './axis.ts';

/** The largest fraction of a figure's width for direct labels; longer names go into a legend. */
const labelShare = 0.3;

/** How many series can be distinguished by colours alone, and by colours with shapes or dashes. */
const mostByColour = 10;
const mostByBoth = 12;

/** The names of series, whether they stand beside the lines, and the colour channel. */
export type SeriesStyle = {
  readonly names: readonly (string | number | boolean)[];
  readonly direct: boolean;
  readonly color: object;
};

/**
 * The style of the series in column `field`; without `field`, the first series colour. Throws a `RangeError` for more
 * than ten series, or twelve with shapes or dashes.
 */
export function seriesStyle(
  input: HelperInput & {
    field?: string | undefined;
    title?: string | undefined;
    labels?: 'direct' | 'legend' | undefined;
    /** Whether shapes or dashes distinguish the series as well. */
    twice?: boolean;
    /** Whether the legend stands above panels, whose headings already leave space. */
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

/** Names beside the right ends of lines. `separateLabels` moves them apart by the layer's name. */
export function endLabels(
  data: readonly Row[],
  x: AxisOf<string>,
  y: AxisOf<string>,
  field: string,
  color: object,
): Layer {
  const last = new Map<unknown, Row>();
  for (const row of data) {
    const known = last.get(row[field]);
    if (known === undefined || Number(row[x.field]) >= Number(known[x.field])) last.set(row[field], row);
  }
  return {
    name: 'labels',
    data: { values: [...last.values()] },
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 7, fontWeight: 600, clip: false },
    encoding: { x: position(x, 'x'), y: position(y, 'y'), text: { field, type: 'nominal' }, color },
  } as Layer;
}
