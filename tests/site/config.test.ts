/** Options: wrong ones are listed together, each where it stands, with what was found and what to write. */
import type { AstroConfig } from 'astro';
import { afterEach, expect, test } from 'vitest';
import { setAccent, valuesOf } from '../../src/figure/palette.ts';
import { accentColours, accentProblems } from '../../src/site/accent.ts';
import { astroProblems } from '../../src/site/astro-settings.ts';
import { parseOptions } from '../../src/site/option-problems.ts';
import { configurationError, misplacedOptions } from '../../src/site/options.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const least = { title: 'A', description: 'B' };

/** The messages for options, without places. */
function problemsOf(options: unknown): string[] {
  const parsed = parseOptions(options);
  return 'problems' in parsed ? parsed.problems.map(({ text }) => text) : [];
}

test('options of every kind are accepted', () => {
  const options = {
    ...least,
    language: 'pt-BR',
    words: {},
    author: { name: 'A', url: 'https://www.example.org/a', type: 'Person' },
    navigation: ['archive', { label: 'Talks', href: '/talks/' }, { label: 'Mail', href: 'mailto:a@example.org' }],
    pages: { claims: false },
    footer: 'Made by [us](/about/).',
    accent: { light: '#1d5c99', dark: '#86b9ec' },
    licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    repository: { url: 'https://git.example.org/a', edit: 'https://git.example.org/a/edit' },
    share: { Mail: (url: string, title: string) => `mailto:?subject=${encodeURIComponent(title)}&body=${url}` },
    images: ['https://*.example.org'],
  };
  expect(problemsOf({ ...options, language: 'en' })).toEqual([]);
  expect(problemsOf(least)).toEqual([]);
});

test.each<[string, object]>([
  ['there is no option titel; did you mean title?', { titel: 'A' }],
  ['there is no option author.nmae; did you mean name?', { author: { name: 'A', nmae: 'A' } }],
  ['there is no option pages.notaton; did you mean notation?', { pages: { notaton: false } }],
  [
    'there is no option navigation[1].herf; did you mean href?',
    { navigation: ['about', { label: 'A', href: '/', herf: '' }] },
  ],
  ['there is no option fonts.txt; did you mean text?', { fonts: { txt: [] } }],
  [
    'there is no option licence.adress; there are name, url',
    { licence: { name: 'A', url: 'https://a.org', adress: 1 } },
  ],
  ['there is no option accent.drak; did you mean dark?', { accent: { light: '#000', dark: '#fff', drak: '' } }],
  [
    'there is no option notation[0].symbols[0].meanng; did you mean meaning?',
    { notation: [{ title: 'A', symbols: [{ tex: 'x', meaning: 'y', meanng: 3 }] }] },
  ],
  ['there is no option words.post.minuts; did you mean minutes?', { words: { post: { minuts: 'x' } } }],
  ['words.post.draft is a number; write a text', { words: { post: { draft: 3 } } }],
  ['words.post.minutes is a text; write a function', { words: { post: { minutes: 'x' } } }],
  ['title is “ ”; write a text', { title: ' ' }],
  ['description is 5; write a text', { description: 5 }],
  ['title is missing; write a text', { title: undefined }],
  ['author.name is missing; write a text', { author: {} }],
  ['author is “A”; write an object { name, url, type }', { author: 'A' }],
  ['author.type is “Persn”; did you mean Person?', { author: { name: 'A', type: 'Persn' } }],
  [
    "author.url is “www.example.org”; write an address of the web such as 'https://www.example.org'",
    { author: { name: 'A', url: 'www.example.org' } },
  ],
  [
    "author.url is “JavaScript:alert(1)”; write an address of the web such as 'https://www.example.org'",
    { author: { name: 'A', url: 'JavaScript:alert(1)' } },
  ],
  [
    "repository.url is “git@example.org:a/b.git”; write an address of the web such as 'https://www.example.org'",
    { repository: { url: 'git@example.org:a/b.git' } },
  ],
  [
    "repository.edit is “data:text/html,x”; write an address of the web such as 'https://www.example.org'",
    { repository: { url: 'https://a.org', edit: 'data:text/html,x' } },
  ],
  ["language is “german language”; write a language tag such as 'en' or 'pt-BR'", { language: 'german language' }],
  ['navigation[1] is “archve”, which is no built-in page; did you mean archive?', { navigation: ['about', 'archve'] }],
  [
    "navigation[0] is 5; write one of archive, experiments, claims, notation, about, or { label: '…', href: '/…/' } for another page",
    { navigation: [5] },
  ],
  [
    'navigation[0].href is “talks”; write /path/ for a page of the blog, or an address of http, https, mailto or tel',
    { navigation: [{ label: 'Talks', href: 'talks' }] },
  ],
  [
    "navigation[0] is “claims”, which pages.claims turns off; remove it, or write { label: '…', href: '/claims/' } for a page of your own",
    { navigation: ['claims'], pages: { claims: false } },
  ],
  [
    "navigation[0] is “notation”, which has nothing to show without the option notation; remove it, or write { label: '…', href: '/notation/' } for a page of your own",
    { navigation: ['notation'] },
  ],
  ['pages.about is 0; write true or false', { pages: { about: 0 } }],
  [
    'footer is “[A](javascript:x)”, with a link to “javascript:x”; write /path/ for a page of the blog, or an address of http, https, mailto or tel',
    { footer: '[A](javascript:x)' },
  ],
  [
    "accent is “blue”; write a colour in hexadecimal digits such as '#1d5c99', or { light: '#…', dark: '#…' }",
    { accent: 'blue' },
  ],
  [
    "accent is 5; write a colour in hexadecimal digits such as '#1d5c99', or { light: '#…', dark: '#…' }",
    { accent: 5 },
  ],
  [
    'accent is “#a0a0a0”, whose contrast with the light page is 2.33:1 and must be 4.5:1; choose a darker colour',
    { accent: '#a0a0a0' },
  ],
  [
    'accent.dark is “#1d5c99”, whose contrast with the dark page is 2.34:1 and must be 4.5:1; choose a lighter colour',
    { accent: { light: '#1d5c99', dark: '#1d5c99' } },
  ],
  ['licence is “MIT”; write an object { name, url }', { licence: 'MIT' }],
  ['postsPerPage is 0; write a number from 1 on', { postsPerPage: 0 }],
  ['postsPerPage is 1.5; write a whole number', { postsPerPage: 1.5 }],
  ["macros has the name “R”; write a macro such as '\\\\R'", { macros: { R: 'x' } }],
  ["share['Hacker News'] is “x”; write a function (url, title) => address", { share: { 'Hacker News': 'x' } }],
  [
    'share.Mail is a function that gives “share”; let it give an address of http, https, mailto or tel, with encodeURIComponent around the title',
    { share: { Mail: () => 'share' } },
  ],
  [
    "images[0] is “www.example.org”; write an origin such as 'https://www.example.org'",
    { images: ['www.example.org'] },
  ],
  ['fonts.figures is “x”; write a list, [ … ]', { fonts: { figures: 'x' } }],
  ['remarkPlugins is 5; write a list of plugins', { remarkPlugins: 5 }],
])('%s', (message, wrong) => {
  expect(problemsOf({ ...least, ...wrong })).toEqual([message]);
});

test.each([undefined, null, 'A blog', []])('%j in place of the options', (options) => {
  expect(problemsOf(options)).toEqual([expect.stringContaining("write measured({ title: '…', description: '…' })")]);
});

test('a language without words of the package needs all of them', () => {
  expect(problemsOf({ ...least, language: 'tlh' })).toEqual([
    expect.stringMatching(
      /^language is “tlh”; there are words in de, en, es, fr, ja, zh: for another language give all of them in the option words, of which .* more are missing$/,
    ),
  ]);
});

const config = `import measured from 'astro-measured';

export default {
  trailingSlash: 'never',
  integrations: [
    measured({
      titel: 'A',
      description: 'B',
      pages: { 'abuot': false },
      navigation: ['archive', { label: 'A', href: 'a' }],
      accent: '#eee',
    }),
  ],
};
`;

test('all problems are listed together with their places, in the order of the file', () => {
  const root = temporaryFolder({ 'astro.config.mjs': config });
  const parsed = parseOptions({
    titel: 'A',
    description: 'B',
    pages: { abuot: false },
    navigation: ['archive', { label: 'A', href: 'a' }],
    accent: '#eee',
  });
  const astro = astroProblems({ trailingSlash: 'never', markdown: {}, integrations: [] } as unknown as AstroConfig);
  const { message } = configurationError(root, [...('problems' in parsed ? parsed.problems : []), ...astro]);
  expect(message.split('\n').map((line) => line.split(/;| is “/)[0])).toEqual([
    'astro.config.mjs:3:16: site is missing',
    'astro.config.mjs:4:3: trailingSlash is not used: addresses of pages end with a slash',
    'astro.config.mjs:6:14: title is missing',
    'astro.config.mjs:7:7: there is no option titel',
    'astro.config.mjs:9:16: there is no option pages.abuot',
    'astro.config.mjs:10:51: navigation[1].href',
    'astro.config.mjs:11:15: accent',
  ]);
});

test('options that another file makes are named without a place', () => {
  const root = temporaryFolder({ 'astro.config.ts': "export { default } from './other.ts';\n" });
  const { message } = configurationError(root, [{ path: ['title'], key: false, text: 'title is 5; write a text' }]);
  expect(message).toBe('astro.config.ts: title is 5; write a text');
});

test.each<[string, object]>([
  ['output is not used: the blog is static', { output: 'server' }],
  ['build.format is not used', { build: { format: 'file' } }],
  ['i18n is not used: write the option language', { i18n: { locales: ['en'], defaultLocale: 'en' } }],
  ['prefetch is not used: pages run no script', { prefetch: true }],
  ['security.csp is not used', { security: { csp: true } }],
  ['markdown.shikiConfig.theme is not used', { markdown: { shikiConfig: { theme: 'dracula' } } }],
  ['markdown.syntaxHighlight is not used', { markdown: { syntaxHighlight: 'prism' } }],
  ['markdown.syntaxHighlight is not used', { markdown: { syntaxHighlight: { type: 'prism' } } }],
  ['markdown.gfm is not used', { markdown: { gfm: false } }],
  ['markdown.smartypants is not used', { markdown: { smartypants: false } }],
  [
    'markdown.remarkPlugins is not used: write remarkPlugins among the options',
    { markdown: { remarkPlugins: [() => {}], processor: { name: 'unified' } } },
  ],
  ['markdown.processor is not used', { markdown: { processor: { name: 'unified' } } }],
  ['mdx() is a part of measured(); remove it', { integrations: [{ name: '@astrojs/mdx', hooks: {} }] }],
])('of Astro’s settings: %s', (message, settings) => {
  const all = { site: 'https://www.example.org', markdown: {}, integrations: [], ...settings };
  expect(astroProblems(all as unknown as AstroConfig).map(({ text }) => text)).toEqual([
    expect.stringContaining(message),
  ]);
});

test.each(['#1d5c99', '#a02020', '#000', '#236b2e', '#5e0987'])(
  'of %s a colour for dark pages is made that can be read',
  (accent) => {
    expect(accentProblems(accentColours(accent))).toEqual([]);
  },
);

afterEach(() => setAccent(undefined));

test('the accent is that of figures, social images and icons', async () => {
  setAccent(['#a02020', '#f0a0a0']);
  expect(valuesOf('accent')).toEqual(['#a02020', '#f0a0a0']);
  const { icon } = await import('../../src/site/icon.ts');
  expect(icon).toContain('fill="#a02020"');
});

test('an option of measured() beside it, which Astro would ignore, is an error at its place', () => {
  const root = temporaryFolder({
    'astro.config.mjs':
      "import measured from 'astro-measured';\nexport default {\n  language: 'es',\n  fonts: [],\n  integrations: [measured({ title: 'A' })],\n};\n",
  });
  expect(configurationError(root, misplacedOptions(root)).message).toBe(
    'astro.config.mjs:3:3: language is an option of measured(), and not read here; write measured({ language: … })',
  );
});
