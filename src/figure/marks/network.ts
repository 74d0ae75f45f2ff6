/**
 * Network diagrams: a circle for each unit, a line for each weight. A line's width shows the weight's size, its colour
 * the sign, so that identical units look identical.
 *
 * ```ts
 * network({ layout, weights: [Theta1, Theta2] })     // Theta[l] as rows: one row for each unit of layer l + 1
 * network({ layout, weights, values: activations, labels: ['x', 'a⁽²⁾', 'a⁽³⁾'] })
 * ```
 */
import { inputCheck, option } from '../check-input.ts';
import type { FigureSpec, Layout } from '../define-charts.ts';
import { formatNumber } from '../describe/number-format.ts';
import { colour } from '../palette.ts';
import { extent as extremes, type Layer, layered, withDescription } from './axis.ts';
import { edgeText, rampKey } from './key.ts';

/** What `network` takes. */
export type Network = {
  /** The layout to draw for, as the chart's `spec` receives it. */
  readonly layout: Layout;
  /** Weights layer by layer: `weights[l][i][j]` leads from unit j of layer l to unit i of layer l + 1. */
  readonly weights: readonly (readonly (readonly number[])[])[];
  /** A value for each unit of each layer, shown as text in its circle where circles are large enough. */
  readonly values?: readonly (readonly number[])[];
  /** Names of the layers, below them. */
  readonly labels?: readonly string[];
  /** The weight of the widest line. Omitted: the largest in the network. Frames need it, to have one scale. */
  readonly extent?: number;
  /** Title of the colour key. */
  readonly title?: string;
  /** Further layers, drawn over the diagram. */
  readonly layers?: readonly Layer[];
};

/** The position of a unit, 0 … 1 along both axes: layers evenly across, units evenly around the middle. */
function unitPosition(sizes: readonly number[], layer: number, unit: number): { x: number; y: number } {
  const tallest = Math.max(...sizes);
  return { x: layer / Math.max(1, sizes.length - 1), y: 0.5 + ((sizes[layer]! - 1) / 2 - unit) / Math.max(1, tallest) };
}

const check = inputCheck<Network>('network', {
  layout: option.layout,
  weights: option.list('matrices'),
  values: option.list('lists of numbers').optional(),
  labels: option.list('texts').optional(),
  extent: option.number.optional(),
  title: option.text.optional(),
  layers: option.layers.optional(),
});

/** A network diagram as a specification. Throws a `RangeError` for matrices whose shapes do not fit. */
export function network(input: Network): FigureSpec {
  check(input);
  const { layout, weights, values, labels, extent, title = 'Weight (width: size)', layers = [] } = input;
  const sizes = [weights[0]?.[0]?.length ?? 0, ...weights.map((matrix) => matrix.length)];
  weights.forEach((matrix, l) => {
    for (const row of matrix)
      if (row.length !== sizes[l])
        throw new RangeError(`weights ${l} have ${row.length} columns, but layer ${l} has ${sizes[l]} units`);
  });
  const largest = extent ?? extremes(weights.flat(2).map(Math.abs))[1];
  const weightRows = weights.flatMap((matrix, l) =>
    matrix.flatMap((row, i) =>
      row.map((weight, j) => {
        const from = unitPosition(sizes, l, j);
        const to = unitPosition(sizes, l + 1, i);
        return {
          x: from.x,
          y: from.y,
          toX: to.x,
          toY: to.y,
          weight,
          size: Math.abs(weight),
          sign: weight < 0 ? '−' : weight > 0 ? '+' : '0',
          name: `layer ${l + 1}, unit ${j + 1} to ${i + 1}`,
        };
      }),
    ),
  );
  const unitRows = sizes.flatMap((size, l) =>
    Array.from({ length: size }, (_, i) => ({
      ...unitPosition(sizes, l, i),
      value: values?.[l]?.[i] ?? 0,
      name: `layer ${l + 1}, unit ${i + 1}`,
    })),
  );
  const x = {
    field: 'x',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-0.04, 1.04], zero: false, nice: false },
  };
  const y = { field: 'y', type: 'quantitative', axis: null, scale: { domain: [0, 1], zero: false, nice: false } };
  const tallest = Math.max(...sizes);
  const radius = Math.max(5, Math.min(13, (layout.height - 30) / tallest / 2.6));
  const tooltip = (field: string, title: string) => [
    { field: 'name', type: 'nominal', title: 'of' },
    { field, type: 'quantitative', title },
  ];
  return layered(
    weightRows,
    [
      ...rampKey(title, [0], [colour('c1'), colour('c2')], layout.width - 20),
      {
        mark: { type: 'rule', tooltip: null },
        encoding: {
          x,
          y,
          x2: { field: 'toX' },
          y2: { field: 'toY' },
          color: {
            field: 'sign',
            type: 'nominal',
            scale: { domain: ['−', '0', '+'], range: [colour('c1'), colour('rule'), colour('c2')] },
            legend: null,
          },
          strokeWidth: {
            field: 'size',
            type: 'quantitative',
            scale: { domain: [0, largest], range: [0.6, 4], zero: true },
            legend: null,
          },
          tooltip: tooltip('weight', 'weight'),
        },
      },
      {
        data: { values: unitRows },
        mark: {
          type: 'point',
          size: Math.PI * radius * radius,
          stroke: colour('ink'),
          strokeWidth: 1.3,
          fill: colour('paper'),
        },
        encoding: {
          x,
          y,
          tooltip: values === undefined ? { field: 'name', type: 'nominal' } : tooltip('value', 'value'),
        },
      },
      ...(values === undefined || radius < 11
        ? []
        : [
            {
              data: { values: unitRows.map((row) => ({ ...row, text: edgeText(row.value) })) },
              mark: { type: 'text', fontSize: 11 },
              encoding: { x, y, text: { field: 'text', type: 'nominal' } },
            },
          ]),
      ...(labels === undefined
        ? []
        : [
            {
              data: { values: labels.map((label, l) => ({ label, x: unitPosition(sizes, l, 0).x })) },
              mark: { type: 'text', baseline: 'top', dy: 2, color: colour('ink-soft') },
              encoding: { x, y: { value: 'height' }, text: { field: 'label', type: 'nominal' } },
            },
          ]),
      ...layers,
    ] as Layer[],
    withDescription(
      describeNetwork(weights, sizes),
      weightRows.map(({ name, weight }) => ({ weight: name, value: weight })),
    ),
  );
}

/** The description: sizes, range of the weights, and which hidden layers consist of identical units. */
function describeNetwork(weights: Network['weights'], sizes: readonly number[]): string {
  const all = weights.flat(2);
  const range = extremes(all)
    .map((end) => formatNumber(end))
    .join(' to ');
  const same = <T>(values: readonly T[]): boolean =>
    values.every((value) => JSON.stringify(value) === JSON.stringify(values[0]));
  const copies = weights.slice(0, -1).map((into, l) => same(into) && weights[l + 1]!.every((row) => same(row)));
  const layers = copies.flatMap((identical, l) => (identical && sizes[l + 1]! > 1 ? [`layer ${l + 2}`] : []));
  const identical =
    layers.length > 0
      ? `All units of ${layers.join(' and ')} are identical: same weights in, same weights out.`
      : 'No hidden layer consists of identical units.';
  return `A network of ${sizes.join('-')} units with weights from ${range}. ${identical}`;
}
