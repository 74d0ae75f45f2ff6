/** CSL locales for citations: those of citation-js, and en-GB, ja-JP and zh-CN, which it lacks. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';

const { locales } = plugins.config.get('@csl');

type Terms = Readonly<Record<string, string | readonly [single: string, multiple: string]>>;

const localeTag = (language: string) =>
  `<?xml version="1.0" encoding="utf-8"?><locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="${language}">`;

/** A CSL date format as in Chinese and Japanese: 2019年12月3日. */
const eastAsianDate = (form: string) =>
  `<date form="${form}"><date-part name="year" suffix="年"/><date-part name="month" form="numeric" suffix="月"/><date-part name="day" suffix="日"/></date>`;

/** A CSL locale with the terms that author–year styles print; other terms fall back to English. */
function eastAsian(language: string, terms: Terms): string {
  const months = Array.from(
    { length: 12 },
    (_, i) => [`month-${String(i + 1).padStart(2, '0')}`, `${i + 1}月`] as const,
  );
  const term = (name: string, words: Terms[string], form: string) => {
    const content = typeof words === 'string' ? words : `<single>${words[0]}</single><multiple>${words[1]}</multiple>`;
    return `<term name="${name}"${form}>${content}</term>`;
  };
  const all = [...Object.entries(terms), ...months].flatMap(([name, words]) =>
    ['', ' form="short"'].map((form) => term(name, words, form)),
  );
  const dates = ['text', 'numeric'].map(eastAsianDate).join('');
  return `${localeTag(language)}<style-options punctuation-in-quote="false"/>${dates}<terms>${all.join('')}</terms></locale>`;
}

const ownLocales: Readonly<Record<string, string>> = {
  // American English, but with punctuation outside quotes and the day first in dates.
  'en-GB': locales
    .get('en-US')
    .replace('xml:lang="en-US"', 'xml:lang="en-GB"')
    .replace('punctuation-in-quote="true"', 'punctuation-in-quote="false"')
    .replace(
      /<date form="text">.*?<\/date>/,
      '<date form="text"><date-part name="day" suffix=" "/><date-part name="month" suffix=" "/><date-part name="year"/></date>',
    ),
  'ja-JP': eastAsian('ja-JP', {
    'et-al': 'ほか',
    and: 'と',
    'no date': '日付なし',
    'no-date': '日付なし',
    in: '所収',
    'in press': '印刷中',
    edition: '版',
    editor: ['編', '編'],
    translator: ['訳', '訳'],
    retrieved: '閲覧日',
    accessed: '閲覧日',
    from: '',
  }),
  'zh-CN': eastAsian('zh-CN', {
    'et-al': '等',
    and: '和',
    'no date': '无日期',
    'no-date': '无日期',
    in: '载于',
    'in press': '印刷中',
    edition: '版',
    editor: ['编', '编'],
    translator: ['译', '译'],
    retrieved: '检索于',
    accessed: '检索于',
    from: '',
  }),
};

/** The locale for a language such as `en-GB` or `ja`: its own, else another country's, else American English. */
export function localeName(language: string): string {
  const known = [...locales.list(), ...Object.keys(ownLocales)];
  const base = language.split('-')[0]!.toLowerCase();
  const exact = known.find((name) => name.toLowerCase() === language.toLowerCase());
  return exact ?? known.find((name) => name.startsWith(`${base}-`)) ?? 'en-US';
}

/** The XML of a CSL locale; undefined if there is none of that name. */
export function locale(name: string): string | undefined {
  return ownLocales[name] ?? (locales.has(name) ? locales.get(name) : undefined);
}

/** Translations of biblatex's names of kinds of works; reports print none. */
const genres: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  phdthesis: {
    en: 'PhD thesis',
    de: 'Dissertation',
    fr: 'Thèse de doctorat',
    es: 'Tesis doctoral',
    ja: '博士論文',
    zh: '博士论文',
  },
  mathesis: {
    en: 'Master’s thesis',
    de: 'Masterarbeit',
    fr: 'Mémoire de master',
    es: 'Tesis de máster',
    ja: '修士論文',
    zh: '硕士论文',
  },
  bathesis: {
    en: 'Bachelor’s thesis',
    de: 'Bachelorarbeit',
    fr: 'Mémoire de licence',
    es: 'Trabajo de fin de grado',
    ja: '卒業論文',
    zh: '学士论文',
  },
  techreport: {},
  resreport: {},
};

/** The printed kind of a work in a language; undefined if none is printed. */
export function genre(name: string | undefined, language: string): string | undefined {
  const words = genres[name?.toLowerCase() ?? ''];
  return words ? (words[language.split('-')[0]!.toLowerCase()] ?? words.en) : name;
}
