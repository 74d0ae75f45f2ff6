/** Finds settings of Astro that this package makes itself, and which would be ignored or in its way. */
import type { AstroConfig } from 'astro';
import { siteProblem } from './links/safe-url.ts';
import type { OptionProblem } from './option-problems.ts';

/** A setting by its path, the value or several, at which it is as if it were not there; why it is not used. */
const settings: readonly [path: string, harmless: readonly unknown[], reason: string][] = [
  ['output', ['static'], 'the blog is static'],
  ['adapter', [undefined], 'the blog is static'],
  ['trailingSlash', ['ignore', 'always'], 'addresses of pages end with a slash'],
  ['build.format', ['directory'], 'addresses of pages end with a slash'],
  ['build.inlineStylesheets', ['auto', 'always'], 'style sheets stand in the pages'],
  ['i18n', [undefined], 'write the option language of measured(), and language: in posts in another language'],
  ['prefetch', [undefined, false], 'pages run no script'],
  [
    'security.csp',
    [undefined, false],
    'pages have a policy already: write the options images and frames of measured()',
  ],
  ['markdown.syntaxHighlight', ['shiki'], 'the package highlights code'],
  ['markdown.shikiConfig.theme', ['github-dark'], 'colours of code are in its style sheet'],
  ['markdown.shikiConfig.themes', [undefined], 'colours of code are in its style sheet'],
  ['markdown.shikiConfig.langs', [undefined], 'the package highlights code'],
  ['markdown.shikiConfig.transformers', [undefined], 'the package highlights code'],
  ['markdown.shikiConfig.wrap', [undefined, false], 'the package highlights code'],
  ['markdown.gfm', [undefined, true], 'the package reads GFM'],
  ['markdown.smartypants', [undefined, true], 'quotation marks are those of the language, words.quotes of measured()'],
  ['markdown.remarkRehype', [undefined], 'the package has its own'],
  ['markdown.remarkPlugins', [undefined], 'write remarkPlugins among the options of measured()'],
  ['markdown.rehypePlugins', [undefined], 'write rehypePlugins among the options of measured()'],
  [
    'markdown.processor',
    ['satteri'],
    'the package has its own; write remarkPlugins and rehypePlugins among the options of measured()',
  ],
];

/** Whether a setting says nothing: none, or an empty list or object. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What kind of highlighter or processor an object sets; any other value itself. */
const kindOf = (value: unknown): unknown => {
  const { type, name } = (value ?? {}) as { type?: unknown; name?: unknown };
  return type ?? name ?? value;
};

/** The problems of Astro's configuration of a blog. */
export function astroProblems(config: AstroConfig): OptionProblem[] {
  const found = (path: readonly string[], text: string): OptionProblem => ({ of: 'astro', path, key: true, text });
  const ignored = settings.flatMap(([name, harmless, reason]) => {
    const path = name.split('.');
    const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], config);
    return isEmpty(value) || harmless.includes(kindOf(value)) ? [] : [found(path, `${name} is not used: ${reason}`)];
  });
  // Astro itself makes another processor for plugins.
  const problems = ignored.length > 1 ? ignored.filter(({ path }) => path[1] !== 'processor') : ignored;
  const site = siteProblem(config.site);
  return [
    ...(site === undefined ? [] : [found(['site'], site)]),
    ...problems,
    ...(config.integrations.some(({ name }) => name === '@astrojs/mdx')
      ? [found(['integrations'], 'mdx() is a part of measured(); remove it')]
      : []),
  ];
}
