/** Dates as readers and as machines read them; always in UTC, as front matter is. */
import { site } from './config.ts';

const long = new Intl.DateTimeFormat(site.language, { dateStyle: 'long', timeZone: 'UTC' });

/** `22 November 2026`, in the site's language. */
export function readable(date: Date): string {
  return long.format(date);
}

/** `2026-11-22`. */
export function machine(date: Date): string {
  return date.toISOString().slice(0, 10);
}
