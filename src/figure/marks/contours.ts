/**
 * Contour plots, such as a network's decision boundary with the examples on top.
 *
 * ```ts
 * contours({
 *   layout, values: probabilities,                     // values[row][column], row 0 at the lowest y
 *   x: { title: 'x₁', domain: [-2, 2] }, y: { title: 'x₂', domain: [-2, 2] },
 *   level: 0.5, points: examples,                      // { x, y, class }
 *   value: { title: 'Probability of class 1', edges: [0.1, 0.3, 0.5, 0.7, 0.9], ramp: 'diverging' },
 * })
 * ```
 */
import { inputCheck, option } from '../check-input.ts';
import type { FigureSpec, Layout } from '../define-charts.ts';
import { formatNumber } from '../describe/number-format.ts';
import type { Row } from '../describe/rows.ts';
import { colour, diverging, sequential, series, steps } from '../palette.ts';
import { type Layer, layered, withDescription } from './axis.ts';
import { type Isoline, isobands, isolines } from './isolines.ts';
import { rampKey } from './key.ts';

/** What `contours` takes. */
export type Contours = {
  /** The layout to draw for, as the chart's `spec` receives it. */
  readonly layout: Layout;
  /** Values on a regular grid over both domains, ends included: `values[row][column]`, row 0 at the lowest y. */
  readonly values: readonly (readonly number[])[];
  /** The horizontal axis. */
  readonly x: {
    /** Title of the axis. */
    readonly title: string;
    /** Ends of the axis: where the first and last column of `values` lie. */
    readonly domain: readonly [low: number, high: number];
  };
  /** The vertical axis. */
  readonly y: {
    /** Title of the axis. */
    readonly title: string;
    /** Ends of the axis: where the first and last row of `values` lie. */
    readonly domain: readonly [low: number, high: number];
  };
  /** What the values are, and their colours. */
  readonly value: {
    /** Title of the colour key. */
    readonly title: string;
    /** Boundaries between the colours, ascending, one to six. */
    readonly edges: readonly number[];
    /**
     * `diverging` for values around a meaningful middle, which should lie between the two middle edges. Omitted:
     * `sequential`.
     */
    readonly ramp?: 'sequential' | 'diverging';
  };
  /** A level drawn as a line, such as the decision boundary. */
  readonly level?: number;
  /** Examples: rows with `x`, `y` and `class`. */
  readonly points?: readonly Row[];
};

const check = inputCheck<Contours>('contours', {
  layout: option.layout,
  values: option.list('rows of numbers'),
  x: option.object({ title: option.text, domain: option.ends }),
  y: option.object({ title: option.text, domain: option.ends }),
  value: option.object({ title: option.text, edges: option.list('numbers'), ramp: option.ramp.optional() }),
  level: option.number.optional(),
  points: option.list('rows').optional(),
});

/** A contour plot as a specification: filled by bins, with one level as a line. */
export function contours(input: Contours): FigureSpec {
  check(input);
  const { layout, values, x, y, value, level, points = [] } = input;
  const rows = values.length;
  const columns = values[0]!.length;
  const along = (domain: readonly [number, number], place: number, count: number): number =>
    Number((domain[0] + ((domain[1] - domain[0]) * place) / (count - 1)).toPrecision(6));
  const pointAt = (c: number, r: number, order: number) => ({
    x: along(x.domain, c, columns),
    y: along(y.domain, r, rows),
    order,
  });
  const background = [
    [0, 0],
    [columns - 1, 0],
    [columns - 1, rows - 1],
    [0, rows - 1],
    [0, 0],
  ] as const;
  const areas = [{ bin: 0, line: background as Isoline }, ...isobands(values, value.edges)].flatMap(
    ({ bin, line }, area) => line.map(([c, r], order) => ({ ...pointAt(c, r, order), area, bin })),
  );
  const lines = level === undefined ? [] : isolines(values, level);
  const boundary = lines.flatMap((line, i) => line.map(([c, r], order) => ({ ...pointAt(c, r, order), line: i })));
  const cells = values.flatMap((line, r) =>
    line.map((v, c) => ({ [x.title]: pointAt(c, r, 0).x, [y.title]: pointAt(c, r, 0).y, [value.title]: v })),
  );
  const [lowest, highest] = [
    minimumBy(cells, (row) => Number(row[value.title])),
    minimumBy(cells, (row) => -Number(row[value.title])),
  ];
  const where = (row: Row): string =>
    `${x.title} ${formatNumber(Number(row[x.title]))}, ${y.title} ${formatNumber(Number(row[y.title]))}`;
  const sentence =
    `${value.title} over ${x.title} and ${y.title}: lowest, ${formatNumber(Number(lowest[value.title]))}, at ${where(lowest)}; ` +
    `highest, ${formatNumber(Number(highest[value.title]))}, at ${where(highest)}.` +
    (level === undefined
      ? ''
      : ` The line at ${formatNumber(level)} has ${lines.length === 1 ? 'one piece' : `${lines.length} pieces`}.`);
  const range = steps(value.ramp === 'diverging' ? diverging : sequential, value.edges.length + 1);
  const channel = (axis: Contours['x'], field: string) => ({
    field,
    type: 'quantitative',
    title: axis.title,
    scale: { domain: [...axis.domain], nice: false, zero: false },
    axis: { grid: false },
  });
  const classes = [...new Set(points.map((point) => point.class))];
  return layered(
    areas,
    [
      {
        mark: { type: 'line', interpolate: 'linear-closed', strokeWidth: 0 },
        encoding: {
          x: channel(x, 'x'),
          y: channel(y, 'y'),
          detail: { field: 'area', type: 'ordinal' },
          order: { field: 'order', type: 'quantitative' },
          fill: { field: 'bin', type: 'ordinal', scale: { domain: range.map((_, bin) => bin), range }, legend: null },
        },
      },
      ...(boundary.length === 0
        ? []
        : [
            {
              data: { values: boundary },
              // Clipped, so that all frames have the same size, wherever the line meets the plot's edge.
              mark: { type: 'line', color: colour('ink'), strokeWidth: 1.6, clip: true },
              encoding: {
                x: channel(x, 'x'),
                y: channel(y, 'y'),
                detail: { field: 'line', type: 'nominal' },
                order: { field: 'order', type: 'quantitative' },
              },
            },
          ]),
      ...(points.length === 0
        ? []
        : [
            {
              data: { values: points },
              mark: { type: 'point', size: 30, stroke: colour('paper'), strokeWidth: 0.8 },
              encoding: {
                x: channel(x, 'x'),
                y: channel(y, 'y'),
                fill: {
                  field: 'class',
                  type: 'nominal',
                  scale: { domain: classes, range: series.slice(0, classes.length) },
                  legend: null,
                },
                shape: {
                  field: 'class',
                  type: 'nominal',
                  scale: { domain: classes, range: ['circle', 'square', 'triangle-up'].slice(0, classes.length) },
                  legend: null,
                },
              },
            },
          ]),
      ...rampKey(value.title, value.edges, range, layout.width - 60),
    ] as Layer[],
    {
      height: Math.min(layout.width * 0.75, 380),
      resolve: { scale: { fill: 'independent' } },
      ...withDescription(sentence, cells),
    },
  );
}

const minimumBy = (rows: readonly Row[], by: (row: Row) => number): Row =>
  rows.reduce((best, row) => (by(row) < by(best) ? row : best));
