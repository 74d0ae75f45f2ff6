/** The attributes `lang` and `dir` of text whose language or direction differs from the text around it. */
import { type Direction, directionOf } from '../../figure/text/bidi.ts';
import { site } from '../config.ts';
import type { Post } from '../posts/posts.ts';

/** The direction that a language (BCP 47) is written in. */
export function directionOfLanguage(language: string): Direction {
  const { direction } = (new Intl.Locale(language) as { getTextInfo?: () => { direction?: Direction } }).getTextInfo!();
  return direction ?? 'ltr';
}

/** Attributes of an element; empty if nothing differs. */
type Attributes = { readonly lang?: string; readonly dir?: Direction };

/** The attributes of a text of unknown language, such as a title, within text in the language `around`. */
export function directionAttributes(text: string, around: string = site.language): Attributes {
  const direction = directionOf(text);
  return direction === undefined || direction === directionOfLanguage(around) ? {} : { dir: direction };
}

/** The attributes of text in `language` within text in the language `around`. */
export function languageAttributes(language: string | undefined, around: string = site.language): Attributes {
  if (language === undefined || language === around) return {};
  const direction = directionOfLanguage(language);
  return { lang: language, ...(direction !== directionOfLanguage(around) && { dir: direction }) };
}

/** A text, or HTML, wrapped in directional isolates (UAX #9) if its direction is not that of the language `around`. */
export function isolateText(text: string, around: string = site.language): string {
  return 'dir' in directionAttributes(text.replace(/<[^>]*>/g, ''), around) ? `\u2068${text}\u2069` : text;
}

/** The attributes of a post's title in a list of posts. */
export function titleAttributes({ data: { title, language } }: Pick<Post, 'data'>): Attributes {
  return { ...languageAttributes(language), ...directionAttributes(title) };
}

/** Whether a language needs styles of its own for line breaks, emphasis or direction (languages.css). */
export const needsLanguageStyles = (language: string): boolean =>
  /^(ja|zh|ko|yue|wuu)\b/i.test(language) || directionOfLanguage(language) === 'rtl';
