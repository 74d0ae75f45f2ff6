/** Formats dates for readers (in the site's language) and for machines (ISO 8601), in UTC as front matter is. */
import { site } from '../config.ts';

const long = new Intl.DateTimeFormat(site.language, { dateStyle: 'long', timeZone: 'UTC' });

/** `22 November 2026`, in the site's language. */
export function readableDate(date: Date): string {
  return long.format(date);
}

/** `2026-11-22`. */
export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}
