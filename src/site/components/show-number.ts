/** Formats measured numbers for prose, and describes where they come from. */
import { superscript } from '../../figure/compile/ticks.ts';
import { formatNumber, groupDigits, localizeNumber } from '../../figure/index.ts';
import {
  type ExperimentResult,
  findMeasure,
  type Interval,
  type Measure,
  type Results,
} from '../../lab/results/index.ts';
import { words } from '../i18n.ts';
import { listWithNearest } from './author-error.ts';

/** A formatted number: its digits, and the exponent of 10 in scientific notation. */
export type FormattedNumber = { readonly digits: string; readonly exponent?: number };

const minus = (text: string): string => text.replace('-', '−');

/** 1.51e-10 → 1.51 × 10^−10. */
function scientific(value: number, decimals: number): FormattedNumber {
  const [mantissa, exponent] = value.toExponential(decimals).split('e') as [string, string];
  return { digits: minus(localizeNumber(mantissa)), exponent: Number(exponent) };
}

/**
 * A value in a format: `.3f` decimals, `.3g` significant digits, `.2sci` or `sci` (two decimals), `int` (must be
 * whole), `percent` or `.1percent`; three significant digits without one. Throws for an unknown format.
 */
export function format(value: number, as?: string): FormattedNumber {
  if (as === undefined) {
    const magnitude = Math.abs(value);
    return value !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)
      ? scientific(value, 2)
      : { digits: formatNumber(value) };
  }
  const match = /^(?:\.(\d+))?(f|g|sci|percent|int)$/.exec(as);
  if (match === null) throw new RangeError(`no format “${as}”; there are .3f, .3g, sci, int, percent`);
  const [, count, kind] = match;
  switch (kind) {
    case 'f':
      return { digits: minus(groupDigits(value.toFixed(Number(count ?? 0)))) };
    case 'g':
      return { digits: formatNumber(value, Number(count ?? 3)) };
    case 'percent':
      return {
        digits: minus(groupDigits((100 * value).toFixed(Number(count ?? 0)))) + words.numbers.percent,
      };
    case 'int':
      if (!Number.isInteger(value)) throw new RangeError(`${value} is not whole, so “int” would hide digits`);
      return { digits: minus(groupDigits(String(value))) };
    default:
      return value === 0 ? { digits: '0' } : scientific(value, Number(count ?? 2));
  }
}

/** A formatted number as plain text: `1.51 × 10⁻¹⁰`. */
export const numberToText = ({ digits, exponent }: FormattedNumber): string =>
  exponent === undefined ? digits : `${digits} × 10${superscript(exponent)}`;

/** Whether a measure is an interval. */
export const isInterval = (measure: Measure): measure is Interval =>
  typeof measure === 'object' && 'value' in measure && 'low' in measure && 'high' in measure && 'level' in measure;

/** A measure as one number: itself, or its interval's value. Throws a RangeError with its paths if it has several. */
export function singleValue(measure: Measure, of: string): number {
  if (typeof measure === 'number') return measure;
  if (isInterval(measure)) return measure.value;
  const inside = Object.keys(measure).map((key) => `${of}.${key}`);
  throw new RangeError(`is ${inside.length} measures, not one; there are ${listWithNearest(of, inside.slice(0, 12))}`);
}

/** The text of `<Value>`, without markup. Throws LabError for an unknown measure, RangeError for a wrong format. */
export function valueText(results: Results, { of = '', format: as, interval, unit }: Partial<Record<string, string>>) {
  const measure = findMeasure(results, of);
  const half =
    interval && isInterval(measure) ? `\u00a0±\u00a0${numberToText(format((measure.high - measure.low) / 2, as))}` : '';
  return `${numberToText(format(singleValue(measure, of), as))}${half}${unit === undefined ? '' : `\u00a0${unit}`}`;
}

/** Where a measure comes from: `measured as root-n.variance, 16 points × 200 seeds`. */
export function describeOrigin(of: string, { points, seeds }: ExperimentResult): string {
  const grid = points.length === 1 ? '' : `${words.points(points.length)} × `;
  return words.value.origin(of, grid + words.seeds(seeds));
}

/** The text of a number's tooltip: all its digits or its interval, and its origin. */
export function provenance(measure: Measure, of: string, result: ExperimentResult): string {
  const value = isInterval(measure)
    ? words.value.interval(
        measure.n,
        formatNumber(100 * measure.level),
        numberToText(format(measure.low, '.4g')),
        numberToText(format(measure.high, '.4g')),
      )
    : typeof measure === 'number'
      ? words.value.exact(localizeNumber(String(measure)))
      : '';
  return `${value}${describeOrigin(of, result)}`;
}
