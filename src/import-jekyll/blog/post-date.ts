/** Parses dates in Jekyll's formats; the time and zone are dropped. */

const day =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?$/;

/**
 * `2017-05-16T22:17:25-04:00` → `2017-05-16`: the date as written, without conversion to UTC. Undefined if the text is not a
 * date or the calendar has no such day.
 */
export function dayOf(text: string): string | undefined {
  const match = day.exec(text.trim());
  if (!match) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const found = new Date(Date.UTC(year, month - 1, date));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== date) return undefined;
  return found.toISOString().slice(0, 10);
}
