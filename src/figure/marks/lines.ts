/**
 * Line charts by series: measured values solid, predictions dashed, ranges as bands, names beside the lines.
 *
 * ```ts
 * lines({
 *   layout,
 *   data: rows,                                   // { depth, q, low, high, predicted, rule }
 *   x: { field: 'depth', title: 'Layer' },
 *   y: { field: 'q', title: 'Second moment of z', scale: 'log' },
 *   series: 'rule',
 *   band: ['low', 'high'],
 *   predicted: 'predicted',
 *   layers: rule({ y: 1 / 3, label: 'predicted' }),
 * })
 * ```
 */
import { axis, inputCheck, option, seriesInput } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { predictionDash } from '../theme.ts';
import { type Axis, distinct, type Field, type HelperInput, type Layer, layered, position } from './axis.ts';
import { endLabels, type SeriesStyle, seriesStyle } from './series.ts';

/** What `lines` takes. */
export type Lines<R extends Row = Row> = HelperInput<R> & {
  /** The column along the horizontal axis. */
  readonly x: Axis<NoInfer<R>>;
  /** The column along the vertical axis. */
  readonly y: Axis<NoInfer<R>>;
  /** The column of series, one line each. */
  readonly series?: Field<NoInfer<R>>;
  /** Names beside the lines or in a legend. Omitted: beside the lines if they fit. */
  readonly labels?: 'direct' | 'legend';
  /** Title of the legend. */
  readonly seriesTitle?: string;
  /** Columns of the lower and upper edge of a band. */
  readonly band?: readonly [low: Field<NoInfer<R>>, high: Field<NoInfer<R>>];
  /** Column of the predicted value, drawn dashed. */
  readonly predicted?: Field<NoInfer<R>>;
  /** Whether each value gets a point (with a tooltip). Omitted: no. */
  readonly points?: boolean;
  /** Interpolation between points. Omitted: linear. */
  readonly interpolate?: 'linear' | 'step-after' | 'monotone';
  /** Small multiples with shared axes. Omitted: a single plot. */
  readonly facet?: {
    /** The column that has a panel for each of its values. */
    readonly field: Field<NoInfer<R>>;
    /** Title above all panels. Omitted: none. */
    readonly title?: string;
    /** Panels side by side. Omitted: three in the wide layout, one in the narrow. */
    readonly columns?: number;
  };
  /** Further layers, such as rules. */
  readonly layers?: readonly Layer[];
};

/** The dash channel for series after the tenth, whose colours repeat; empty for up to ten series. */
function dashes({ names, color }: SeriesStyle): object {
  if (names.length <= 10) return {};
  const { range: _, ...scale } = (color as { scale: { range: unknown } }).scale;
  const range = names.map((_, i) => (i < 10 ? [1, 0] : predictionDash));
  return { strokeDash: { ...color, scale: { ...scale, range } } };
}

const check = inputCheck<Lines>('lines', {
  ...seriesInput,
  x: axis,
  y: axis,
  labels: option.oneOf(['direct', 'legend']).optional(),
  band: option.pair("'low', 'high'").optional(),
  predicted: option.text.optional(),
  points: option.isTrue.optional(),
  interpolate: option.oneOf(['linear', 'step-after', 'monotone']).optional(),
  facet: option
    .object({ field: option.text, title: option.text.optional(), columns: option.number.optional() })
    .optional(),
});

/** A line chart as a specification. Throws a `RangeError` for more than twelve series, ten where predictions are dashed. */
export function lines<R extends Row>(input: Lines<R>): FigureSpec {
  check(input);
  const { data, layout, x, y, series, band, predicted, points = false, facet, layers = [] } = input;
  const style = seriesStyle({
    layout,
    data,
    field: series,
    title: input.seriesTitle,
    labels: facet === undefined ? input.labels : 'legend',
    panels: facet !== undefined,
    // Dashed series would look like predictions.
    twice: predicted === undefined,
  });
  const encoding = { x: position(x, 'x'), y: position(y, 'y'), color: style.color };
  const interpolate = input.interpolate ?? 'linear';
  // A domain may show a part of the data; points at its ends are whole.
  const columns = [y.field, predicted, ...(band ?? [])].filter((field) => field !== undefined);
  const isBeyond = (field: string, { domain }: Pick<Axis, 'domain'>): boolean =>
    domain !== undefined && data.some((row) => Number(row[field]) < domain[0] || Number(row[field]) > domain[1]);
  const clip = isBeyond(x.field, x) || columns.some((field) => isBeyond(field, y));
  const all = [
    ...(band === undefined
      ? []
      : [
          {
            mark: { type: 'area', interpolate, clip },
            encoding: { ...encoding, y: { ...position(y, 'y'), field: band[0] }, y2: { field: band[1] } },
          },
        ]),
    {
      mark: { type: 'line', interpolate, clip: clip || y.domain !== undefined },
      encoding: { ...encoding, ...dashes(style) },
    },
    ...(predicted === undefined
      ? []
      : [
          {
            mark: { type: 'line', interpolate, strokeDash: predictionDash, strokeWidth: 1.4, strokeCap: 'butt', clip },
            encoding: { ...encoding, y: { ...position(y, 'y'), field: predicted } },
          },
        ]),
    ...(points ? [{ mark: { type: 'point', clip }, encoding }] : []),
    ...(series !== undefined && style.direct ? [endLabels(data, x, y, series, style.color)] : []),
    ...layers,
  ] as Layer[];
  if (facet === undefined) return layered(data, all);
  return faceted(input, facet, all);
}

/** Small multiples of some layers, with shared axes. */
function faceted(
  { data, layout }: HelperInput,
  facet: NonNullable<Lines['facet']>,
  layer: readonly Layer[],
): FigureSpec {
  const panels = distinct<string>(data, facet.field);
  const columns = Math.min(panels.length, facet.columns ?? (layout.name === 'wide' ? 3 : 1));
  return {
    data: { values: data },
    facet: { field: facet.field, type: 'nominal', sort: panels, title: facet.title ?? null },
    columns,
    spec: {
      width: Math.floor(layout.width / columns),
      height: Math.round(layout.height * (columns === 1 ? 0.5 : 0.6)),
      layer,
    },
  } as FigureSpec;
}
