/**
 * Heat-maps: a value by two columns, in at most seven binned colours of the theme's ramp.
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
import type { FigureSpec } from '../define.ts';
import { diverging, sequential, steps } from '../palette.ts';
import type { Row } from '../rows.ts';
import { type Axis, type Common, distinct, extent, type Field, type Layer, layered } from './axis.ts';
import { rampKey } from './key.ts';

/** What `heatmap` takes. Rows of the map run upwards in the order of the data. */
export type Heatmap<R extends Row = Row> = Common<R> & {
  readonly x: Axis<NoInfer<R>>;
  readonly y: Axis<NoInfer<R>>;
  readonly value: {
    readonly field: Field<NoInfer<R>>;
    readonly title: string;
    /** Boundaries between the colours, ascending, at most six. Omitted: six equal bins between the extremes. */
    readonly edges?: readonly number[];
    /** `diverging` for values around a middle that means something; put it between the two middle edges. */
    readonly ramp?: 'sequential' | 'diverging';
    readonly format?: string;
  };
  /** Whether each cell says its value; for maps of few cells. */
  readonly text?: boolean;
  readonly layers?: readonly Layer[];
};

/** Five inner edges of six equal bins. */
function equalEdges(values: readonly number[]): number[] {
  const [low, high] = extent(values);
  if (low === high) return [low];
  return Array.from({ length: 5 }, (_, i) => Number((low + ((high - low) * (i + 1)) / 6).toPrecision(3)));
}

/** A heat-map as a specification. */
export function heatmap<R extends Row>({
  layout,
  data,
  x,
  y,
  value,
  layers = [],
  text = false,
}: Heatmap<R>): FigureSpec {
  const edges = [...(value.edges ?? equalEdges(data.map((row) => Number(row[value.field]))))];
  const range = steps(value.ramp === 'diverging' ? diverging : sequential, edges.length + 1);
  const cells = { x: distinct(data, x.field).length, y: distinct(data, y.field).length };
  const height = Math.min(layout.width, Math.max(16, Math.min(30, (layout.width * 0.6) / cells.y)) * cells.y);
  const axis = { grid: false, domain: false, ticks: false, labelAngle: 0 };
  const format = value.format ?? '.2~g';
  const place = {
    x: {
      field: x.field,
      type: 'ordinal',
      title: x.title,
      sort: null,
      scale: { padding: 0 },
      axis: { ...axis, ...(x.values ? { values: x.values } : {}), ...(x.format ? { format: x.format } : {}) },
    },
    y: {
      field: y.field,
      type: 'ordinal',
      title: y.title,
      // Numbers grow upwards; names keep the data's order.
      sort: data.every((row) => typeof row[y.field] === 'number') ? 'descending' : null,
      scale: { padding: 0 },
      axis: { ...axis, ...(y.values ? { values: y.values } : {}), ...(y.format ? { format: y.format } : {}) },
    },
  };
  return layered(
    data,
    [
      {
        mark: { type: 'rect', strokeWidth: 0 },
        encoding: {
          ...place,
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
              encoding: { ...place, text: { field: value.field, type: 'quantitative', format } },
            },
          ]
        : []),
      ...rampKey(value.title, edges, range, layout.width - 60),
      ...layers,
    ] as Layer[],
    { height },
  );
}
