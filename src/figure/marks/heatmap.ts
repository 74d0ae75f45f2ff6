/**
 * Heat-maps: a value by two columns, in at most seven binned colours of the palette's ramps.
 *
 * ```ts
 * heatmap({
 *   layout,
 *   data: rows,                                    // { rate, scale, loss }
 *   x: { field: 'scale', title: 'Weight scale σ_w' },
 *   y: { field: 'rate', title: 'Learning rate η' },
 *   value: { field: 'loss', title: 'Final loss', edges: [0.001, 0.01, 0.1, 0.2, 0.25] },
 * })
 * ```
 */
import { axis, helperInput, inputCheck, option } from '../check-input.ts';
import type { FigureSpec } from '../define-charts.ts';
import type { Row } from '../describe/rows.ts';
import { diverging, sequential, steps } from '../palette.ts';
import { type Axis, type AxisOf, distinct, extent, type Field, type HelperInput, type Layer, layered } from './axis.ts';
import { rampKey } from './key.ts';

/**
 * What `heatmap` takes: a row of data for each cell. Numbers along y grow upwards; names run down in the order of the
 * data.
 */
export type Heatmap<R extends Row = Row> = HelperInput<R> & {
  /** The column across, one place for each of its values in the order of the data. */
  readonly x: Axis<NoInfer<R>>;
  readonly y: Axis<NoInfer<R>>;
  /** The column that the colours show. */
  readonly value: {
    /** The name of the column. */
    readonly field: Field<NoInfer<R>>;
    /** Title of the colour key. */
    readonly title: string;
    /** Boundaries between the colours, ascending, at most six. Omitted: six equal bins between the extremes. */
    readonly edges?: readonly number[];
    /**
     * `diverging` for values around a meaningful middle, which should lie between the two middle edges. Omitted:
     * `sequential`.
     */
    readonly ramp?: 'sequential' | 'diverging';
    /** d3-format of the text in the cells. Omitted: two significant digits. */
    readonly format?: string;
    /** Pixels between the key and the y title, for a text of the chart's own. Omitted: none. */
    readonly gap?: number;
  };
  /** Whether each cell shows its value as text, for maps of few cells. Omitted: no. */
  readonly text?: boolean;
  /** Further layers, such as rules, drawn over the cells. */
  readonly layers?: readonly Layer[];
};

/** The five inner edges of six equal bins. */
function equalEdges(values: readonly number[]): number[] {
  const [low, high] = extent(values);
  if (low === high) return [low];
  return Array.from({ length: 5 }, (_, i) => Number((low + ((high - low) * (i + 1)) / 6).toPrecision(3)));
}

const check = inputCheck<Heatmap>('heatmap', {
  ...helperInput,
  x: axis,
  y: axis,
  value: option.object({
    field: option.text,
    title: option.text,
    edges: option.list('numbers').optional(),
    ramp: option.ramp.optional(),
    format: option.text.optional(),
    gap: option.number.optional(),
  }),
  text: option.isTrue.optional(),
  layers: option.layers.optional(),
});

/** A heat-map as a specification. */
export function heatmap<R extends Row>(input: Heatmap<R>): FigureSpec {
  check(input);
  const { layout, data, x, y, value, layers = [], text = false } = input;
  const edges = [...(value.edges ?? equalEdges(data.map((row) => Number(row[value.field]))))];
  const range = steps(value.ramp === 'diverging' ? diverging : sequential, edges.length + 1);
  const cells = { x: distinct(data, x.field).length, y: distinct(data, y.field).length };
  const height = Math.min(layout.width, Math.max(16, Math.min(30, (layout.width * 0.6) / cells.y)) * cells.y);
  const channel = ({ field, title, values, format }: AxisOf<string>, sort: 'descending' | null) => ({
    field,
    type: 'ordinal',
    title,
    sort,
    scale: { padding: 0 },
    axis: {
      grid: false,
      domain: false,
      ticks: false,
      labelAngle: 0,
      ...(values ? { values } : {}),
      ...(format ? { format } : {}),
    },
  });
  const isNumeric = data.every((row) => typeof row[y.field] === 'number');
  const position = { x: channel(x, null), y: channel(y, isNumeric ? 'descending' : null) };
  return layered(
    data,
    [
      {
        mark: { type: 'rect', strokeWidth: 0 },
        encoding: {
          ...position,
          color: {
            field: value.field,
            type: 'quantitative',
            title: value.title,
            scale: { type: 'threshold', domain: edges, range },
            legend: null,
          },
        },
      },
      ...(text
        ? [
            {
              mark: { type: 'text', fontSize: 11 },
              encoding: {
                ...position,
                text: { field: value.field, type: 'quantitative', format: value.format ?? '.2~g' },
              },
            },
          ]
        : []),
      ...rampKey(value.title, edges, range, layout.width - 60, value.gap),
      ...layers,
    ] as Layer[],
    { height },
  );
}
