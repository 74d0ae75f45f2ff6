/**
 * Diagrams of backpropagation: the forward pass through the layers above, the backward pass of δ below.
 *
 * ```ts
 * flow({ layout, layers: ['x', 'a⁽²⁾', 'a⁽³⁾'], forward: ['Θ⁽¹⁾', 'Θ⁽²⁾'], errors: ['', 'δ⁽²⁾', 'δ⁽³⁾'],
 *        backward: ['', '(Θ⁽²⁾)ᵀ, g′'], gradients: ['δ⁽²⁾(a⁽¹⁾)ᵀ', 'δ⁽³⁾(a⁽²⁾)ᵀ'] })
 * ```
 */
import { inputCheck, option } from '../check-input.ts';
import type { FigureSpec, Layout } from '../define-charts.ts';
import { colour } from '../palette.ts';
import { type Layer, layered, withDescription } from './axis.ts';

/** What `flow` takes: a name a layer, and a name an arrow between neighbours (the empty string for none). */
export type Flow = {
  /** The layout to draw for, as the chart's `spec` receives it. */
  readonly layout: Layout;
  /** Activations, one for each layer: the boxes of the upper row. */
  readonly layers: readonly string[];
  /** Arrows of the upper row: `forward[i]` leads from `layers[i]` to `layers[i + 1]`. */
  readonly forward: readonly string[];
  /** Errors δ, one for each layer: the boxes of the lower row. The input layer has none. */
  readonly errors: readonly string[];
  /** Arrows of the lower row: `backward[i]` leads from `errors[i + 1]` back to `errors[i]`. */
  readonly backward: readonly string[];
  /** Gradients between the two rows: `gradients[i]` is that of the weights of `forward[i]`. Omitted: none. */
  readonly gradients?: readonly string[];
};

const high = 1;
const low = 0;

const check = inputCheck<Flow>('flow', {
  layout: option.layout,
  layers: option.list('texts'),
  forward: option.list('texts'),
  errors: option.list('texts'),
  backward: option.list('texts'),
  gradients: option.list('texts').optional(),
});

/** The diagram as a specification: boxes above for activations, below for errors, arrows with their factors. */
export function flow(input: Flow): FigureSpec {
  check(input);
  const { layout, layers, forward, errors, backward, gradients = [] } = input;
  const last = layers.length - 1;
  const box = layout.name === 'wide' ? 62 : 46;
  const x = {
    field: 'x',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-0.35, last + 0.35], zero: false, nice: false },
  };
  const y = {
    field: 'y',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-0.45, 1.35], zero: false, nice: false },
  };
  const plotWidth = layout.width - 6;
  // Half the width of a box, in units of the x scale.
  const halfBox = ((last + 0.7) * box) / plotWidth / 2;
  const boxes = (names: readonly string[], at: number) =>
    names.flatMap((name, l) => (name === '' ? [] : [{ name, x: l, y: at }]));
  const arrows = (names: readonly string[], at: number, direction: 1 | -1) =>
    names.flatMap((name, l) => {
      if (name === '') return [];
      const [from, to] = direction === 1 ? [l + halfBox, l + 1 - halfBox] : [l + 1 - halfBox, l + halfBox];
      return [{ name, x: from, to: to - direction * 0.03, tip: to - direction * 0.02, middle: l + 0.5, y: at }];
    });
  const nodes = (rows: readonly object[], name: 'c1' | 'c2') => [
    {
      data: { values: rows },
      mark: {
        type: 'point',
        shape: 'square',
        size: box * box * 0.42,
        fill: colour(name === 'c1' ? 'b1' : 'b2'),
        stroke: colour(name),
        strokeWidth: 1.2,
        tooltip: null,
      },
      encoding: { x, y },
    },
    {
      data: { values: rows },
      mark: { type: 'text', fontSize: 13, fontWeight: 600 },
      encoding: { x, y, text: { field: 'name', type: 'nominal' } },
    },
  ];
  const lines = (rows: readonly object[], name: 'c1' | 'c2', angle: number, dy: number) =>
    rows.length === 0
      ? []
      : [
          {
            data: { values: rows },
            mark: { type: 'rule', color: colour(name), strokeWidth: 1.5 },
            encoding: { x, y, x2: { field: 'to' } },
          },
          {
            data: { values: rows },
            mark: { type: 'point', shape: 'triangle', size: 60, angle, color: colour(name), tooltip: null },
            encoding: { x: { ...x, field: 'tip' }, y },
          },
          {
            data: { values: rows },
            mark: { type: 'text', baseline: 'middle', dy },
            encoding: { x: { ...x, field: 'middle' }, y, text: { field: 'name', type: 'nominal' } },
          },
        ];
  const gradientLabels = gradients.flatMap((name, l) => (name === '' ? [] : [{ name, x: l + 0.5, y: 0.5 }]));
  const all = boxes(layers, high);
  return layered(
    all,
    [
      ...nodes(all, 'c1'),
      ...nodes(boxes(errors, low), 'c2'),
      ...lines(arrows(forward, high, 1), 'c1', 90, -14),
      ...lines(arrows(backward, low, -1), 'c2', -90, 15),
      ...(gradientLabels.length === 0
        ? []
        : [
            {
              data: { values: gradientLabels },
              mark: { type: 'text', color: colour('ink-soft') },
              encoding: { x, y, text: { field: 'name', type: 'nominal' } },
            },
          ]),
    ] as Layer[],
    {
      height: layout.name === 'wide' ? 190 : 170,
      ...withDescription(
        `Forwards: ${describePass(layers, forward)}. Backwards: ${describePass([...errors].reverse(), [...backward].reverse())}.`,
        layers.map((name, l) => ({
          layer: l + 1,
          forwards: name,
          backwards: errors[l] ?? '',
          gradient: gradients[l] ?? '',
        })),
      ),
    },
  );
}

/** The description of one pass: `x, by Θ⁽¹⁾ to a⁽²⁾, by Θ⁽²⁾ to a⁽³⁾`. */
function describePass(names: readonly string[], arrows: readonly string[]): string {
  return names
    .map((name, l) => (name === '' ? '' : l === 0 ? name : `by ${arrows[l - 1]} to ${name}`))
    .filter((part) => part !== '')
    .join(', ');
}
