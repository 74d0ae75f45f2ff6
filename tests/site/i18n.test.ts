/** Translations: every language has every string, and no page or component contains text of its own. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { formatNumber } from '../../src/figure/index.ts';
import { setLanguage, words } from '../../src/i18n/index.ts';
import { words as english } from '../../src/i18n/locales/en.ts';
import { format, numberToText } from '../../src/site/components/show-number.ts';
import { sentence } from '../../src/site/i18n.ts';
import { html } from './checks/post.ts';

const root = new URL('../..', import.meta.url).pathname;
const languages = readdirSync(join(root, 'src/i18n/locales')).map((file) => file.replace('.ts', ''));

afterEach(() => setLanguage('en-GB'));

/** All strings of a language by path; functions are called with placeholders for their arguments. */
function strings(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const listed = ['series', 'course', 'crossing', 'rules', 'categories', 'and', 'held', 'ordered'];
    const name = path.split('.').at(-1)!;
    const list = ['⟨list⟩'];
    const argument = (i: number) => {
      if (!listed.includes(name)) return i === 0 && /points|seeds|minutes|numbered|lead/.test(path) ? 2 : `⟨${i}⟩`;
      return i === value.length - 1 ? list : name === 'course' && i === 1 ? 'rises' : `⟨${i}⟩`;
    };
    return [[path, String(value(...Array.from({ length: value.length }, (_, i) => argument(i))))]];
  }
  return Object.entries(value as object).flatMap(([key, each]) => strings(each, `${path}.${key}`));
}

describe.each(languages)('in %s', (language) => {
  test('every string is there and contains all of its arguments', async () => {
    await setLanguage(language);
    const said = new Map(strings(words));
    for (const [path, text] of strings(english)) {
      const translated = said.get(path);
      expect(translated ?? '', path).not.toBe('');
      for (const value of text.match(/⟨\w+⟩/g) ?? []) expect(translated, path).toContain(value);
      for (const link of text.match(/\]\([^)]*\)/g) ?? []) expect(translated, path).toContain(link);
    }
  });

  test.runIf(language !== 'en')('no sentence is left in English', async () => {
    await setLanguage(language);
    const said = new Map(strings(words));
    const same = strings(english).filter(([path, text]) => /[a-z]+ [a-z]+/i.test(text) && said.get(path) === text);
    expect(same).toEqual([]);
  });
});

test.each([
  ['de', '3,14', '„outer ‚inner‘ it’s“', '50\u202f%', '1,5·10⁻⁷'],
  ['es', '3,14', '«outer “inner” it’s»', '50\u202f%', '1,5·10⁻⁷'],
  ['fr', '3,14', '«\u00a0outer “inner” it’s\u00a0»', '50\u202f%', '1,5·10⁻⁷'],
  ['en-GB', '3.14', '“outer ‘inner’ it’s”', '50\u202f%', '1.5·10⁻⁷'],
  ['ja', '3.14', '「outer 『inner』 it’s」', '50%', '1.5·10⁻⁷'],
  ['zh-Hans', '3.14', '“outer ‘inner’ it’s”', '50%', '1.5·10⁻⁷'],
])('%s has numbers and quotation marks of its own', async (language, number, quoted, percent, small) => {
  await setLanguage(language);
  expect(numberToText(format(Math.PI, '.2f'))).toBe(number);
  expect(numberToText(format(0.5, 'percent'))).toBe(percent);
  expect(formatNumber(1.5e-7)).toBe(small);
  expect(await html(`"outer 'inner' it's"`)).toContain(quoted);
});

test.each([
  ['ja', 'これは"重要"です。"次"も', 'これは「重要」です。「次」も'],
  ['zh', '他说"你好"。', '他说“你好”。'],
  ['de', "Hans' Buch und \"der Rest\", 'so'", 'Hans’ Buch und „der Rest“, ‚so‘'],
  ['de', '“as written”', '“as written”'],
  ['en', "'Tis so, and 'twas in the '90s.", '’Tis so, and ’twas in the ’90s.'],
  ['en', "Rock 'n' roll: give 'em the summer of '69.", 'Rock ’n’ roll: give ’em the summer of ’69.'],
  ['en', "The letter 'n' is, and 'em dash' too, '10 or more'.", 'The letter ‘n’ is, and ‘em dash’ too, ‘10 or more’.'],
  ['en', "'Tis a 'quoted' word", '’Tis a ‘quoted’ word'],
])('quotation marks in %s: %s', async (language, source, shown) => {
  await setLanguage(language);
  expect(await html(source)).toContain(shown);
});

test('headings, references, captions and callouts are in the language', async () => {
  await setLanguage('de-AT');
  const page = await html(
    '## A\n\n[](#fig-x)[^1]\n\n<Chart of="e" show="x">Caption</Chart>\n\n> [!NOTE]\n> Text\n\n- [x] it\n\n| a |\n| - |\n| b |\n\n[^1]: Note',
  );
  for (const said of [
    'Abbildung 1',
    'HINWEIS',
    'aria-label="Erledigt"',
    'aria-label="Tabelle 1"',
    'Link zum Abschnitt',
  ])
    expect(page).toContain(said);
});

test('a missing language is an error that lists the languages and what to add', async () => {
  await expect(setLanguage('tlh-Latn')).rejects.toThrow(
    /language is “tlh-Latn”; there are words in de, en, es, fr, ja, zh: for another language give all of them/,
  );
});

test('a sentence is escaped, and its links get the addresses that the page gives', () => {
  expect(sentence('a < b, [x](y) `c`', (name) => `/${name}/"`)).toBe(
    'a &#60; b, <a href="/y/&#34;">x</a> <code>c</code>',
  );
  expect(sentence('[x](y) z', () => undefined)).toBe('x z');
});

/** The literal text in the template of an Astro file. */
function literal(file: string): string {
  const template = readFileSync(join(root, file), 'utf8').replace(/^---[\s\S]*?\n---/, '');
  let depth = 0;
  let text = '';
  for (const character of template.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '').replace(/=>/g, '')) {
    if (character === '{') depth += 1;
    if (depth === 0) text += character;
    if (character === '}') depth -= 1;
  }
  const labels = [...text.matchAll(/\s(?:aria-label|title|alt|description|lead)="([^"]*)"/g)].map(([, label]) => label);
  return [text.replace(/<[^>]*>/g, ' ').replace(/&\w+;/g, ' '), ...labels].join(' ');
}

/** The text between tags inside expressions, such as `{draft && <span>draft</span>}`. */
const within = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8')
      .replace(/^---[\s\S]*?\n---/, '')
      .matchAll(/>([^<>{}=();]*\p{L}{3,}[^<>{}=();]*)</gu),
  ]
    .map(([, text]) => text!.trim())
    .filter((text) => !/[?:&|]|\w\.\w/.test(text));

test.each(globSync('src/site/{components,layouts,pages}/**/*.astro', { cwd: root }).sort())(
  '%s says nothing of its own',
  (file) => {
    const names = /\b(?:RSS|npm run experiments|doctype html|of|n)\b|-/g;
    const said = [literal(file), ...within(file)].map((text) => text.replace(names, ' ')).join(' ');
    expect(said.match(/\p{L}{2,}/gu) ?? []).toEqual([]);
  },
);
