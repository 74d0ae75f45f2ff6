/** Parses dates in Jekyll's formats, of which the day is kept. */

const day =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?$/;

const time =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[Tt ]+(\d{1,2}):(\d{2}):\d{2}(?:\.\d+)?\s*(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2}))?$/;

/** The day of a time in a time zone; undefined if the text has no time, or there is no such zone. */
function dayIn(text: string, timeZone: string): string | undefined {
  const match = time.exec(text);
  if (!match) return undefined;
  const [year, month, date, hours, minutes] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  const offset = (match[6] === '-' ? -1 : 1) * (Number(match[7] ?? 0) * 60 + Number(match[8] ?? 0));
  const instant = Date.UTC(year, month - 1, date, hours, minutes - offset);
  try {
    const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    return new Intl.DateTimeFormat('en-CA', parts).format(instant);
  } catch {
    return undefined;
  }
}

/**
 * `2017-05-16T22:17:25-04:00` → `2017-05-16`: the date as written; that of the same moment in `timeZone` if the blog names
 * one, since Jekyll shows it, and takes a time without a zone for UTC. Undefined if the text is not a date or the calendar has
 * no such day.
 */
export function dayOf(text: string, timeZone = ''): string | undefined {
  const match = day.exec(text.trim());
  if (!match) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const found = new Date(Date.UTC(year, month - 1, date));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== date) return undefined;
  return (timeZone && dayIn(text.trim(), timeZone)) || found.toISOString().slice(0, 10);
}
