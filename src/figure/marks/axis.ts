/** One axis of a figure, as chart authors give it, and the pieces of Vega-Lite that all marks here are made of. */
import type { FigureSpec, Layout } from '../define.ts';
import type { Row } from '../rows.ts';

/** A layer of a layered specification. */
export type Layer = Extract<FigureSpec, { layer: unknown }>['layer'][number];

/** The name of a column of some rows. */
export type Field<R extends Row> = keyof R & string;

/** A column shown along an axis, by one of some names. */
export type AxisOf<Name extends string> = {
  readonly field: Name;
  readonly title: string;
  /** `log` needs positive values; `symlog` is linear up to `constant` on either side of 0; `category` keeps the data's order. */
  readonly scale?: 'linear' | 'log' | 'symlog' | 'category';
  readonly domain?: readonly [low: number, high: number];
  /** End of the linear part of a symlog scale. Omitted: 1. */
  readonly constant?: number;
  /** Whether a linear scale includes 0. Omitted: no. */
  readonly zero?: boolean;
  /** d3-format of the ticks. */
  readonly format?: string;
  /** Ticks, where the automatic ones do not say it. */
  readonly values?: readonly number[];
};

/** A column of some rows along an axis. A name that the rows do not have is a type error. */
export type Axis<R extends Row = Row> = AxisOf<Field<R>>;

/** What every helper takes. */
export type Common<R extends Row = Row> = {
  readonly layout: Layout;
  readonly data: readonly R[];
};

/** What helpers take whose marks are told apart by a column, in colours that a legend names. */
export type InSeries<R extends Row = Row> = Common<R> & {
  readonly series?: Field<NoInfer<R>>;
  /** Title of the legend. */
  readonly seriesTitle?: string;
  readonly layers?: readonly Layer[];
};

/** The position channel of an axis. A y axis without a domain is rounded outwards, an x axis ends where its data do. */
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

/** The values of a column in order of first appearance. */
export const distinct = <T>(data: readonly Row[], field: string): T[] => [
  ...new Set(data.map((row) => row[field] as T)),
];

/** The lowest and the highest of any number of values. */
export const extent = (values: readonly number[]): [low: number, high: number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

/** Layers over some data as one specification. */
export const layered = (data: readonly Row[], layers: readonly Layer[], rest: object = {}): FigureSpec =>
  ({ data: { values: data }, layer: layers, ...rest }) as FigureSpec;

/** What a figure shows, for drawings whose positions are not the data: a sentence, and the rows of its table. */
export const meaning = (description: string, table: readonly Row[]): object => ({ description, usermeta: { table } });
