/** Numbers in prose: formatted as their author asks, and the measurement behind them in words. */
import { grouped, localized, written } from '../figure/index.ts';
import { type ExperimentResult, findMeasure, type Interval, type Measure, type Results } from '../lab/load.ts';
import { words } from '../site/words.ts';
import { choice } from './errors.ts';

/** A number as prose shows it: its digits, and the power of ten that follows them if there is one. */
export type Shown = { readonly digits: string; readonly exponent?: number };

const minus = (text: string): string => text.replace('-', '−');

/** 1.51e-10 → 1.51 × 10^−10. */
function scientific(value: number, decimals: number): Shown {
  const [mantissa, exponent] = value.toExponential(decimals).split('e') as [string, string];
  return { digits: minus(localized(mantissa)), exponent: Number(exponent) };
}

/**
 * A value in a format: `.3f` decimals, `.3g` significant digits, `.2sci` or `sci` (two decimals), `int` (must be
 * whole), `percent` or `.1percent`; three significant digits without one. Throws for an unknown format.
 */
export function format(value: number, as?: string): Shown {
  if (as === undefined) {
    const magnitude = Math.abs(value);
    return value !== 0 && (magnitude < 1e-3 || magnitude >= 1e6) ? scientific(value, 2) : { digits: written(value) };
  }
  const match = /^(?:\.(\d+))?(f|g|sci|percent|int)$/.exec(as);
  if (match === null) throw new RangeError(`no format “${as}”; there are .3f, .3g, sci, int, percent`);
  const [, count, kind] = match;
  switch (kind) {
    case 'f':
      return { digits: minus(grouped(value.toFixed(Number(count ?? 0)))) };
    case 'g':
      return { digits: written(value, Number(count ?? 3)) };
    case 'percent':
      return {
        digits: minus(grouped((100 * value).toFixed(Number(count ?? 0)))) + words.numbers.percent,
      };
    case 'int':
      if (!Number.isInteger(value)) throw new RangeError(`${value} is not whole, so “int” would hide digits`);
      return { digits: minus(grouped(String(value))) };
    default:
      return value === 0 ? { digits: '0' } : scientific(value, Number(count ?? 2));
  }
}

/** The same as plain text: `1.51 × 10⁻¹⁰`. */
export const plain = ({ digits, exponent }: Shown): string =>
  exponent === undefined ? digits : `${digits} × 10${superscript(exponent)}`;

const superscript = (n: number): string =>
  minus(String(n)).replace(/./gu, (c) => (c === '−' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]!));

/** Whether a measure is an interval. */
export const isInterval = (measure: Measure): measure is Interval =>
  typeof measure === 'object' && 'value' in measure && 'low' in measure && 'high' in measure && 'level' in measure;

/** The one number that a measure is. Throws with the paths inside it if it is several. */
export function single(measure: Measure, of: string): number {
  if (typeof measure === 'number') return measure;
  if (isInterval(measure)) return measure.value;
  const inside = Object.keys(measure).map((key) => `${of}.${key}`);
  throw new RangeError(`is ${inside.length} measures, not one; there are ${choice(of, inside.slice(0, 12))}`);
}

/** What `<Value>` shows, as plain text. Throws LabError for an unknown measure, RangeError for a wrong format. */
export function valueText(results: Results, { of = '', format: as, interval, unit }: Partial<Record<string, string>>) {
  const measure = findMeasure(results, of);
  const half =
    interval && isInterval(measure) ? `\u00a0±\u00a0${plain(format((measure.high - measure.low) / 2, as))}` : '';
  return `${plain(format(single(measure, of), as))}${half}${unit === undefined ? '' : `\u00a0${unit}`}`;
}

/** Where a measure comes from: `measured as root-n.variance, 16 points × 200 seeds`. */
export function origin(of: string, { points, seeds }: ExperimentResult): string {
  const grid = points.length === 1 ? '' : `${words.points(points.length)} × `;
  return words.value.origin(of, grid + words.seeds(seeds));
}

/** What stands behind a number: all its digits or its interval, and its origin. */
export function provenance(measure: Measure, of: string, result: ExperimentResult): string {
  const value = isInterval(measure)
    ? words.value.interval(
        measure.n,
        written(100 * measure.level),
        plain(format(measure.low, '.4g')),
        plain(format(measure.high, '.4g')),
      )
    : typeof measure === 'number'
      ? words.value.exact(localized(String(measure)))
      : '';
  return `${value}${origin(of, result)}`;
}
