/** Which way text runs, where that is not the way of what stands around it. */
import { type Direction, directionOf } from '../figure/bidi.ts';
import { site } from './config.ts';
import type { Post } from './posts.ts';

/** The direction that a language (BCP 47) is written in. */
export function directionOfLanguage(language: string): Direction {
  const { direction } = (new Intl.Locale(language) as { getTextInfo?: () => { direction?: Direction } }).getTextInfo!();
  return direction ?? 'ltr';
}

/** Attributes of an element; none where nothing changes. */
type Attributes = { readonly lang?: string; readonly dir?: Direction };

/** The attributes of a text of unknown language, such as a title, that stands in text of `around`. */
export function directed(text: string, around: string = site.language): Attributes {
  const direction = directionOf(text);
  return direction === undefined || direction === directionOfLanguage(around) ? {} : { dir: direction };
}

/** The attributes of what is written in `language` and stands in text of `around`. */
export function inLanguage(language: string | undefined, around: string = site.language): Attributes {
  if (language === undefined || language === around) return {};
  const direction = directionOfLanguage(language);
  return { lang: language, ...(direction !== directionOfLanguage(around) && { dir: direction }) };
}

/** A text, or HTML, that stands in text of `around`, in isolates (UAX #9) if it runs the other way, so that its words keep their order. */
export function isolated(text: string, around: string = site.language): string {
  return 'dir' in directed(text.replace(/<[^>]*>/g, ''), around) ? `\u2068${text}\u2069` : text;
}

/** The attributes of a post's title where posts are listed. */
export function titled({ data: { title, language } }: Pick<Post, 'data'>): Attributes {
  return { ...inLanguage(language), ...directed(title) };
}

/** Whether a language needs rules of its own for breaking lines, stress or direction (languages.css). */
export const hasOwnRules = (language: string): boolean =>
  /^(ja|zh|ko|yue|wuu)\b/i.test(language) || directionOfLanguage(language) === 'rtl';
