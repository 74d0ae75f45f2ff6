/** Rules across the plot, dashed: predictions beside measurements, thresholds, a step worth naming. */
import { colour } from '../palette.ts';
import { predictionDash } from '../theme.ts';
import type { Layer } from './axis.ts';

/** A rule at a constant of one axis, with its label. */
export type Rule = ({ readonly y: number; readonly x?: never } | { readonly x: number; readonly y?: never }) & {
  readonly label?: string;
  /** Which end of a horizontal rule, or which side of a vertical one, the label sits at. Omitted: `end` (right). */
  readonly anchor?: 'start' | 'end';
};

/** The layers of a rule: `layers: rule({ y: 1 / 3, label: 'predicted 1/3' })`. */
export function rule({ x, y, label, anchor = 'end' }: Rule): Layer[] {
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
  // The same text once more below it, as a halo in the paper's colour, so that lines do not run through the letters.
  const halo = { color: colour('paper'), stroke: colour('paper'), strokeWidth: 4, strokeJoin: 'round' };
  for (const style of [halo, { color: colour('ink-soft') }])
    layers.push({ data, mark: { type: 'text', text: label, ...mark, ...style }, encoding } as never);
  return layers as Layer[];
}
