/** Dashed rules across a plot, for predictions, thresholds or a step of interest. */
import { inputCheck, option } from '../check-input.ts';
import { colour } from '../palette.ts';
import { predictionDash } from '../theme.ts';
import type { Layer } from './axis.ts';

/** A rule at a constant of one axis: horizontal at `y` or vertical at `x`, a value on the scale of that axis. */
export type Rule = ({ readonly y: number; readonly x?: never } | { readonly x: number; readonly y?: never }) & {
  /** Text beside the rule. Omitted: none. */
  readonly label?: string;
  /** The label's place: the end of a horizontal rule, the side of a vertical one. Omitted: `end` (right). */
  readonly anchor?: 'start' | 'end';
};

const check = inputCheck<Rule>('rule', {
  x: option.number.optional(),
  y: option.number.optional(),
  label: option.text.optional(),
  anchor: option.oneOf(['start', 'end']).optional(),
});

/** The layers of a rule: `layers: rule({ y: 1 / 3, label: 'predicted 1/3' })`. */
export function rule(input: Rule): Layer[] {
  check(input);
  const { x, y, label, anchor = 'end' } = input;
  if ((x === undefined) === (y === undefined)) throw new RangeError('rule: write either x or y');
  const data = { values: [{}] };
  const end = anchor === 'end';
  const place = y === undefined ? { x: { datum: x, type: 'quantitative' } } : { y: { datum: y, type: 'quantitative' } };
  const layers = [
    { data, mark: { type: 'rule', strokeDash: predictionDash, color: colour('ink-soft') }, encoding: place },
  ];
  if (label === undefined) return layers as Layer[];
  const mark =
    y === undefined
      ? { align: end ? 'left' : 'right', baseline: 'top', dx: end ? 5 : -5, dy: 2 }
      : { align: end ? 'right' : 'left', baseline: 'bottom', dy: -3 };
  const across = y === undefined ? { y: { value: 0 } } : { x: { value: end ? 'width' : 0 } };
  const encoding = { ...place, ...across };
  // A halo in the paper's colour below the text, so that lines do not run through the letters.
  const halo = { color: colour('paper'), stroke: colour('paper'), strokeWidth: 4, strokeJoin: 'round' };
  for (const style of [halo, { color: colour('ink-soft') }])
    layers.push({ data, mark: { type: 'text', text: label, ...mark, ...style }, encoding } as never);
  return layers as Layer[];
}
