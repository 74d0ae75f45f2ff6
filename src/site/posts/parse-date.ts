/** Parses dates in front matter. The day is taken as written: time zones, written or of the machine, are ignored. */

const months = 'january february march april may june july august september october november december'.split(' ');

/** How to write a date, for messages. */
const dateForm = 'a date such as 2026-11-22, or 2026-11-22 18:30';

const time = String.raw`(?:(?:[ T]+|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?`;
const numeric = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${time}$`, 'i');
const monthFirst = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${time}$`, 'i');
const dayFirst = new RegExp(String.raw`^(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? (\d{4})${time}$`, 'i');

/** The number of a month (1–12) by its English name or its first letters; 0 if there is none. */
const monthOf = (name: string): number => months.findIndex((month) => month.startsWith(name.toLowerCase())) + 1;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** Days in a month (1–12). */
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Suggests ISO dates for numeric dates that are ambiguous or in another order, such as 03/04/2026. */
function hint(text: string): string {
  const [, a, b, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const forms = [
    [a, b],
    [b, a],
  ].flatMap(([month, day]) =>
    month !== undefined && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
      ? [`${year}-${twoDigits(Number(month))}-${twoDigits(Number(day))}`]
      : [],
  );
  const [, y, m, d] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (y !== undefined) forms.push(`${y}-${twoDigits(Number(m))}-${twoDigits(Number(d))}`);
  return forms.length === 0 ? '' : `; write ${[...new Set(forms)].join(' or ')}`;
}

/**
 * The date, and the time if there is one, taken as UTC. Returns an error message (string) for another format or a date
 * that does not exist.
 */
export function parseDate(written: string): Date | string {
  const text = written.trim().replace(/\s+/g, ' ');
  const [, ...found] = numeric.exec(text) ?? monthFirst.exec(text) ?? dayFirst.exec(text) ?? [];
  const [first = '', second = '', third = '', ...clock] = found;
  const [year, month, day] = numeric.test(text)
    ? [Number(first), Number(second), Number(third)]
    : monthFirst.test(text)
      ? [Number(third), monthOf(first), Number(second)]
      : [Number(third), monthOf(second), Number(first)];
  if (found.length === 0 || (month === 0 && !numeric.test(text)))
    return `expected ${dateForm}, found “${written}”${hint(text)}`;
  if (month < 1 || month > 12) return `there is no month ${month}; expected ${dateForm}, found “${written}”`;
  if (day < 1 || day > daysIn(year, month))
    return `${year}-${twoDigits(month)} has no day ${day}, it has ${daysIn(year, month)}; expected ${dateForm}, found “${written}”`;
  const [hour, minute, second60] = clock.map((part) => Number(part ?? 0)) as [number, number, number];
  if (hour > 23 || minute > 59 || second60 > 59)
    return `there is no time ${clock.filter(Boolean).join(':')}; expected ${dateForm}, found “${written}”`;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second60));
}
