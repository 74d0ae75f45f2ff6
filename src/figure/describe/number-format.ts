/** Formats numbers and dates for prose, tables and labels. */
import { words } from '../../i18n/index.ts';
import { superscript } from '../compile/ticks.ts';

/** A number with `digits` significant digits: 0.0433, 22 063, 1.51·10⁻¹⁰; integers below a million stay whole. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (value === 0) return '0';
  if (magnitude < 1e-3 || (magnitude >= 1e6 && Math.log10(magnitude) >= digits)) {
    const [mantissa, exponent] = magnitude.toExponential(digits - 1).split('e') as [string, string];
    const trimmed = localizeNumber(trimZeros(mantissa));
    return `${sign}${trimmed === '1' ? '' : `${trimmed}·`}10${superscript(Number(exponent))}`;
  }
  const plain = Number.isInteger(value)
    ? String(magnitude)
    : trimZeros(
        Number(magnitude.toPrecision(digits)).toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude)))),
      );
  return sign + groupDigits(plain);
}

/**
 * The significant digits in which values differ, at least `least`: 2 000 000.1 and 2 000 000.3 need eight. Equal values and
 * values far apart need no more.
 */
export function digitsApart(values: readonly unknown[], least: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values)
    if (typeof value === 'number' && Number.isFinite(value))
      [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (!(high > low)) return least;
  const needed = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low))) + 2;
  return Math.min(15, Math.max(least, needed));
}

const trimZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** Digits with the decimal mark of the site's language. */
export const localizeNumber = (plain: string): string => plain.replace('.', words.numbers.decimal);

/** The same with grouped thousands from ±10 000 on, in most languages by a no-break space. */
export function groupDigits(plain: string): string {
  const [whole, fraction] = plain.split('.') as [string, string?];
  const grouped = /\d{5}/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, words.numbers.group) : whole;
  return fraction === undefined ? grouped : grouped + words.numbers.decimal + fraction;
}

/** A date in ISO format, as short as possible: 2024-01-01, with the time (UTC) unless it is midnight. */
export function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '–';
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/(:00)?\.000Z$/, 'Z');
}
