/** Ticks and tick labels of log and symlog axes: evenly spaced powers of ten, written 0.01 or 10⁻⁵. */
import type { expressionFunction } from 'vega';
import { words } from '../../i18n/index.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** An integer as superscript: −12 → ⁻¹². */
export const superscript = (n: number): string =>
  `${n < 0 ? '⁻' : ''}${String(Math.abs(n)).replace(/\d/g, (digit) => superscripts[Number(digit)]!)}`;

/** Ticks for a log axis over [low, high], at most `most`: 1-2-5 steps below two decades, else every k-th power of ten. */
export function logTicks(low: number, high: number, most: number): number[] {
  const [first, last] = low < high ? [low, high] : [high, low];
  const from = Math.ceil(Math.log10(first) - 1e-9);
  const to = Math.floor(Math.log10(last) + 1e-9);
  const inside = (value: number): boolean => value >= first * (1 - 1e-9) && value <= last * (1 + 1e-9);
  if (to - from < 2) {
    const fine = [];
    for (let power = from - 1; power <= to; power++) for (const digit of [1, 2, 5]) fine.push(digit * 10 ** power);
    return fine.map((value) => Number(value.toPrecision(12))).filter(inside);
  }
  const stride = Math.ceil((to - from + 1) / most);
  const ticks = [];
  for (let power = Math.ceil(from / stride) * stride; power <= to; power += stride) ticks.push(Number(`1e${power}`));
  return ticks;
}

/** A tick label: a plain number if the whole axis lies in 0.001 … 100 000, else a power of ten. */
export function logLabel(value: number, low: number, high: number): string {
  const plain = Math.min(low, high) >= 0.0009 && Math.max(low, high) <= 100_000;
  const sign = value < 0 ? '−' : '';
  const magnitude = Math.abs(value);
  if (plain || value === 0)
    return (
      sign +
      String(magnitude)
        .replace(/\B(?=(\d{3})+$)/, magnitude >= 10_000 ? words.numbers.group : '')
        .replace('.', words.numbers.decimal)
    );
  const power = Math.floor(Math.log10(magnitude) + 1e-9);
  const digit = Number((magnitude / 10 ** power).toPrecision(3));
  return `${sign}${digit === 1 ? '' : `${String(digit).replace('.', words.numbers.decimal)}·`}10${superscript(power)}`;
}

/** Ticks of a symlog axis: zero, and powers of ten from the linear part's `constant` outwards on each side. */
export function symlogTicks(low: number, high: number, constant: number, most: number): number[] {
  const side = (end: number): number[] =>
    end > constant ? logTicks(constant, end, Math.max(2, Math.floor(most / (low < 0 && high > 0 ? 2 : 1)))) : [];
  return [
    ...side(-low)
      .map((tick) => -tick)
      .reverse(),
    0,
    ...side(high),
  ];
}

type Domain = readonly number[];

/** Makes these available to Vega's expressions, as `logTicks(domain('y'), 6)`, `logLabel(datum.value, domain('y'))`. */
export function installTickExpressions(install: typeof expressionFunction): void {
  const ends = (domain: Domain): [number, number] => [domain[0] ?? 1, domain.at(-1) ?? 1];
  install('logTicks', (domain: Domain, most: number) => logTicks(...ends(domain), most));
  install('logLabel', (value: number, domain: Domain) => logLabel(value, ...ends(domain)));
  install('symlogTicks', (domain: Domain, constant: number, most: number) =>
    symlogTicks(...ends(domain), constant, most),
  );
  install('symlogLabel', (value: number) => logLabel(value, 1e-30, 1));
}
