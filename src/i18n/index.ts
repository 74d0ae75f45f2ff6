/** The texts of the site in its language: one file a language, with the words that a blog replaces. */
import { nearestName } from '../lab/did-you-mean.ts';
import { words as english, type Words } from './locales/en.ts';

export type { Words } from './locales/en.ts';

/** Words to replace, by their names; functions are replaced whole. */
export type PartialWords<T = Words> = {
  readonly [K in keyof T]?: T[K] extends string | ((...args: never[]) => unknown) ? T[K] : PartialWords<T[K]>;
};

/** The texts in the chosen language; `language` is its BCP 47 tag. */
export let words: Words = english;
export let language = 'en';

/** The languages that the package has words in, by their codes. */
const locales: Readonly<Record<string, () => Promise<{ words: Words }>>> = {
  de: () => import('./locales/de.ts'),
  en: () => import('./locales/en.ts'),
  es: () => import('./locales/es.ts'),
  fr: () => import('./locales/fr.ts'),
  ja: () => import('./locales/ja.ts'),
  zh: () => import('./locales/zh.ts'),
};

type Tree = { readonly [name: string]: unknown };
/** Whether a value is an object of words. */
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `all` with the words of `own` in place of its own. */
const merged = (all: Tree, own: Tree): Tree => ({
  ...all,
  ...Object.fromEntries(
    Object.entries(own)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, isTree(value) && isTree(all[name]) ? merged(all[name], value) : value]),
  ),
});

/** The names in `all` that `own` lacks, or has with another kind of value, such as `post.minutes`. */
const lacking = (all: Tree, own: Tree, path = ''): string[] =>
  Object.entries(all).flatMap(([name, value]) =>
    isTree(value) && isTree(own[name])
      ? lacking(value, own[name], `${path}${name}.`)
      : typeof own[name] === typeof value
        ? []
        : [`${path}${name}`],
  );

/** A problem of words: the path of the option, whether it is about its name, and what to write. */
type WordsProblem = { path: string[]; key: boolean; text: string };

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  function: 'a function',
  object: 'an object, { … }',
  number: 'a number',
  boolean: 'true or false',
};
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list, [ … ]' : (kinds[typeof value] ?? typeof value);

/** The words of `own` that the package has not, or has in another form. */
const wrongWords = (own: Tree, path: string[] = ['words'], all: Tree = english): WordsProblem[] =>
  Object.entries(own).flatMap(([name, value]) => {
    const here = [...path, name];
    if (value === undefined) return [];
    if (!Object.hasOwn(all, name)) {
      const guess = nearestName(name, Object.keys(all));
      const hint = guess ? `did you mean ${guess}?` : `there are ${Object.keys(all).join(', ')}`;
      return [{ path: here, key: true, text: `there is no option ${here.join('.')}; ${hint}` }];
    }
    const known = all[name];
    if (kindOf(known) !== kindOf(value))
      return [{ path: here, key: false, text: `${here.join('.')} is ${kindOf(value)}; write ${kindOf(known)}` }];
    return isTree(value) && isTree(known) ? wrongWords(value, here, known) : [];
  });

const listed = (names: readonly string[]): string =>
  [...names.slice(0, 5), ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(', ');

/** Whether a text has the form of a BCP 47 tag. */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** What is wrong with a language and a blog's own words, which may be anything. */
export function wordsProblems(tag: unknown, own: unknown): WordsProblem[] {
  if (!isTree(own) || typeof tag !== 'string' || !isLanguageTag(tag)) return [];
  const problems = wrongWords(own);
  const missing = Object.hasOwn(locales, codeOf(tag)) ? [] : lacking(english, own);
  if (problems.length > 0 || missing.length === 0) return problems;
  const text = `language is “${tag}”; there are words in ${Object.keys(locales).join(', ')}: for another language give all of them in the option words, of which ${listed(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`;
  return [{ path: ['language'], key: false, text }];
}

const codeOf = (tag: string): string => tag.toLowerCase().split('-')[0]!;

/** Loads the texts of the language `tag`, in BCP 47: `en-GB` uses `en.ts`. Throws an Error if there are none. */
export async function setLanguage(tag: string, own: PartialWords = {}): Promise<void> {
  const [problem] = wordsProblems(tag, own);
  if (problem) throw new Error(problem.text);
  const code = codeOf(tag);
  const base = Object.hasOwn(locales, code) ? (await locales[code]!()).words : english;
  words = merged(base, own) as Words;
  language = tag;
}
