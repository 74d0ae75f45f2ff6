/** Rules across the plot, dashed: predictions beside measurements, thresholds, a step worth naming. */
import { colour } from '../palette.ts';
import { predictionDash } from '../theme.ts';
import type { Layer } from './axis.ts';

/** A rule at a constant of one axis, with its label at the far end. */
export type Rule = ({ readonly y: number; readonly x?: never } | { readonly x: number; readonly y?: never }) & {
  readonly label?: string;
  /** Where the label sits: above a horizontal rule at its right or left end; at the top, right or left of a vertical one. */
  readonly anchor?: 'start' | 'end';
};

/** The layers of a rule: `layers: [...rule({ y: 1 / 3, label: 'predicted 1/3' })]`. */
export function rule({ x, y, label, anchor = 'end' }: Rule): Layer[] {
  const data = { values: [{}] };
  const mark = { type: 'rule', strokeDash: predictionDash, color: colour('ink-soft'), strokeWidth: 1.2 } as const;
  const text = { type: 'text', color: colour('ink-soft'), fontSize: 12 } as const;
  if (y !== undefined) {
    const end = anchor === 'end';
    return [
      { data, mark, encoding: { y: { datum: y, type: 'quantitative' } } },
      ...(label === undefined
        ? []
        : [
            {
              data,
              mark: { ...text, align: end ? 'right' : 'left', baseline: 'bottom', dy: -3, text: label } as const,
              encoding: { y: { datum: y, type: 'quantitative' } as const, x: { value: end ? ('width' as const) : 0 } },
            },
          ]),
    ];
  }
  const right = anchor === 'end';
  return [
    { data, mark, encoding: { x: { datum: x, type: 'quantitative' } } },
    ...(label === undefined
      ? []
      : [
          {
            data,
            mark: {
              ...text,
              align: right ? 'left' : 'right',
              baseline: 'top',
              dx: right ? 5 : -5,
              dy: 2,
              text: label,
            } as const,
            encoding: { x: { datum: x, type: 'quantitative' } as const, y: { value: 0 } },
          },
        ]),
  ];
}
