/** Axis options of the chart helpers, and the Vega-Lite pieces that all helpers share. */
import type { FigureSpec, Layout } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';

/** A layer of a layered specification. */
export type Layer = Extract<FigureSpec, { layer: unknown }>['layer'][number];

/** The name of a column of rows of type `R`. */
export type Field<R extends Row> = keyof R & string;

/** A column shown along an axis; `Name` is the type of its name. */
export type AxisOf<Name extends string> = {
  /** The name of the column. */
  readonly field: Name;
  /** Title of the axis, with the unit if there is one. */
  readonly title: string;
  /** `log` needs positive values; `symlog` is linear up to `constant` on either side of 0; `category` keeps the data's order. */
  readonly scale?: 'linear' | 'log' | 'symlog' | 'category';
  /** Ends of the axis. Omitted: the data's. */
  readonly domain?: readonly [low: number, high: number];
  /** End of the linear part of a symlog scale. Omitted: 1. */
  readonly constant?: number;
  /** Whether a linear scale includes 0. Omitted: no. */
  readonly zero?: boolean;
  /** d3-format of the ticks. */
  readonly format?: string;
  /** Ticks. Omitted: automatic. */
  readonly values?: readonly number[];
};

/** A column of rows of type `R` shown along an axis. Another name is a type error. */
export type Axis<R extends Row = Row> = AxisOf<Field<R>>;

/** What every helper takes: the layout to draw for, as the chart's `spec` receives it, and the rows of data. */
export type HelperInput<R extends Row = Row> = {
  readonly layout: Layout;
  readonly data: readonly R[];
};

/** What helpers with a column of series take: a colour for each, named in a legend. */
export type SeriesInput<R extends Row = Row> = HelperInput<R> & {
  readonly series?: Field<NoInfer<R>>;
  /** Title of the legend. */
  readonly seriesTitle?: string;
  /** Further layers, such as rules, drawn over the marks. */
  readonly layers?: readonly Layer[];
};

/** What helpers of categories take. Categories run down, values across. */
export type CategoryInput<R extends Row = Row> = HelperInput<R> & {
  /** The column of the categories, which keep the order of the data. */
  readonly category: Axis<NoInfer<R>>;
  /** The column of the values. */
  readonly value: Axis<NoInfer<R>>;
  /** Further layers, such as rules, drawn over the marks. */
  readonly layers?: readonly Layer[];
};

/** The channel of categories, in the order of the data. */
export const categoryChannel = ({ field, title }: AxisOf<string>) => ({ field, type: 'nominal', title, sort: null });

/** The position channel of an axis. Without a domain, a linear y axis is rounded outwards; an x axis ends with its data. */
export function position(
  axis: AxisOf<string>,
  along: 'x' | 'y',
): {
  field: string;
  type: 'quantitative' | 'ordinal';
  title: string;
  sort?: null;
  scale?: { type?: 'linear' | 'log' | 'symlog'; domain?: number[]; constant?: number; zero?: boolean; nice?: boolean };
  axis?: { format?: string; values?: number[]; labelAngle?: number };
} {
  const { field, title, scale = 'linear', domain, constant, zero = false, format, values } = axis;
  const guide = {
    ...(format === undefined ? {} : { format }),
    ...(values === undefined ? {} : { values: [...values] }),
  };
  if (scale === 'category') return { field, type: 'ordinal', title, sort: null, axis: { labelAngle: 0, ...guide } };
  return {
    field,
    type: 'quantitative',
    title,
    scale: {
      type: scale,
      ...(scale === 'linear' ? { zero } : {}),
      nice: false,
      ...(domain === undefined ? { nice: scale === 'linear' && along === 'y' } : { domain: [...domain] }),
      ...(scale === 'symlog' ? { constant: constant ?? 1 } : {}),
    },
    axis: guide,
  };
}

/** The distinct values of a column in order of first appearance. */
export const distinct = <T>(data: readonly Row[], field: string): T[] => [
  ...new Set(data.map((row) => row[field] as T)),
];

/** The lowest and the highest of some values, which may be too many for the arguments of `Math.min`. */
export const extent = (values: readonly number[]): [low: number, high: number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

/** A layered specification over common data. */
export const layered = (data: readonly Row[], layers: readonly Layer[], rest: object = {}): FigureSpec =>
  ({ data: { values: data }, layer: layers, ...rest }) as FigureSpec;

/** A description and table rows, for drawings whose positions are not the data. */
export const withDescription = (description: string, table: readonly Row[]): object => ({
  description,
  usermeta: { table },
});
