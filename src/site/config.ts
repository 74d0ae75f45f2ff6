/** The options of `measured({ … })` in the Astro configuration: what the author of a blog chooses. */
import type { RehypePlugins, RemarkPlugins } from '@astrojs/markdown-remark';
import { z } from 'astro/zod';
import { isLanguageTag, isTree, type PartialWords, setLanguage } from '../i18n/index.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { messageOf } from '../lab/errors.ts';
import { object, quoted } from '../lab/input-problems.ts';
import { sharedState } from '../lab/shared-state.ts';
import { openStore } from '../lab/store/shared-store.ts';
import { type AccentColour, accentAdvice, accentColours, accentProblems } from './accent.ts';
import { isSafeUrl, isWebAddress } from './links/safe-url.ts';
import { symbolFields } from './notation/symbol-fields.ts';
import { isOrigin } from './security/policy.ts';

/** Makes a share link from a page's address and title. */
type ShareLink = (url: string, title: string) => string;

// Messages follow what was found: “title is “””, and then they.
const nonEmpty = z.string().trim().min(1, '; write a text');

const webAddress = z
  .string()
  .refine(isWebAddress, { error: "; write an address of the web such as 'https://www.example.org'" });

/** Whether a link of the configuration leads somewhere from every page. */
const isLinkAddress = (address: string): boolean =>
  /^(?:\/(?!\/)|(?:https?|mailto|tel):)/i.test(address) && isSafeUrl(address);
const linkAdvice = '; write /path/ for a page of the blog, or an address of http, https, mailto or tel';
const linkAddress = z.string().refine(isLinkAddress, { error: linkAdvice });

const origin = z.string().refine(isOrigin, { error: "; write an origin such as 'https://www.example.org'" });

/** A title with characters that are special in URLs and in HTML, to test share links with. */
const testTitle = 'Is 100 % of “a & b” <i>"so"</i>? #1';
const shareLink = z.custom<ShareLink>().superRefine((link: unknown, { addIssue }) => {
  if (typeof link !== 'function') return addIssue('; write a function (url, title) => address');
  const address: unknown = link('https://www.example.org/posts/x/', testTitle);
  if (typeof address !== 'string' || !URL.canParse(address) || !isSafeUrl(address))
    addIssue(
      ` that gives ${quoted(address)}; let it give an address of http, https, mailto or tel, with encodeURIComponent around the title`,
    );
});

/** The pages that every blog has unless it turns them off, by their names and in the order of the navigation. */
export const builtInPages = ['archive', 'experiments', 'claims', 'notation', 'about'] as const;
export type BuiltInPage = (typeof builtInPages)[number];

const symbol = object(symbolFields);

/** A list of unified plugins, each alone or with its options. */
const plugins = <T>() => z.custom<T>(Array.isArray, '; write a list of plugins');

/** The options: each with its schema and its default. */
export const options = {
  /** Required. The name of the blog: on the front page, after the titles of other pages, in feeds and on social images. */
  title: nonEmpty,
  /** Required. What the blog is about, in a sentence: on the front page, for search engines, in feeds. */
  description: nonEmpty,
  /** The language of the interface, of dates and of posts that name no other, as a BCP 47 tag such as `es` or `pt-BR`; `en` if omitted. */
  language: z.string().refine(isLanguageTag, "; write a language tag such as 'en' or 'pt-BR'").default('en'),
  /** Words of the interface to replace, by their names in `src/i18n/locales/en.ts`; all of them for a language that is not there. */
  words: z.custom<PartialWords>(isTree, '; write an object').default({}),
  /** The author of posts that name none. `type`: `Person` (the default) or `Organization`, for search engines. */
  author: object({
    name: nonEmpty,
    url: webAddress.optional(),
    type: z.enum(['Person', 'Organization']).default('Person'),
  }).optional(),
  /**
   * The links at the top of each page, in their order: names of built-in pages (`archive`, `experiments`, `claims`,
   * `notation`, `about`) and links, `{ label: 'Talks', href: '/talks/' }`. All built-in pages if omitted.
   */
  navigation: z
    .array(
      z.union([z.enum(builtInPages), object({ label: nonEmpty, href: linkAddress })], {
        error: ({ input }) => {
          const guess = typeof input === 'string' ? nearestName(input, builtInPages) : undefined;
          if (guess) return `, which is no built-in page; did you mean ${guess}?`;
          return `; write one of ${builtInPages.join(', ')}, or { label: '…', href: '/…/' } for another page`;
        },
      }),
    )
    .optional(),
  /** Which built-in pages exist: `pages: { notation: false }`. The page of notation exists if there is a notation. */
  pages: object({
    archive: z.boolean().default(true),
    experiments: z.boolean().default(true),
    claims: z.boolean().default(true),
    notation: z.boolean().default(true),
    about: z.boolean().default(true),
  }).prefault({}),
  /** A sentence at the foot of each page, with links as in Markdown: `Made by [us](/about/).` */
  footer: z
    .string()
    .superRefine((text, { addIssue }) => {
      const wrong = [...text.matchAll(/\[[^\]]*\]\(([^)]*)\)/g)].find(([, address]) => !isLinkAddress(address!));
      if (wrong) addIssue(`, with a link to ${quoted(wrong[1])}${linkAdvice}`);
    })
    .default(''),
  /**
   * The colour of links, marks and the icon: `'#1d5c99'`, from which the dark theme's is computed, or
   * `{ light: '#1d5c99', dark: '#86b9ec' }`. Its contrast with the page must be 4.5:1 in both themes.
   */
  accent: z
    .union([z.string(), object({ light: z.string(), dark: z.string() })], { error: accentAdvice })
    .superRefine((accent, { addIssue }) => {
      for (const { path, text } of accentProblems(accent)) addIssue({ code: 'custom', path, message: text });
    })
    .transform(accentColours)
    .optional() as unknown as z.ZodType<AccentColour | undefined, string | AccentColour | undefined>,
  /** The licence of the texts, at the foot of each page and for search engines: its name and its address. */
  licence: object({ name: nonEmpty, url: webAddress }).optional(),
  /** The repository: its address, and the beginning of the links “Edit this page”, if these are wanted. */
  repository: object({ url: webAddress, edit: webAddress.optional() }).optional(),
  /**
   * Where results are looked up before a task runs, and kept for other machines: the address of a published blog, which
   * serves the results that it was built from, or a store or folder that machines share. `--no-cache` leaves it out.
   */
  cache: nonEmpty
    .superRefine((address, { addIssue }) => {
      try {
        openStore('/', address, undefined);
      } catch (error) {
        addIssue(`; ${messageOf(error)}`);
      }
    })
    .optional(),
  /** Posts on one page of a list; 20 if omitted. */
  postsPerPage: z.int().positive('; write a number from 1 on').default(20),
  /**
   * Groups of symbols that all posts use, `[{ title, symbols: [{ tex, meaning, shape, code }] }]`: for the page of notation,
   * and for the displayed formulas of posts, where a symbol tells what it means.
   */
  notation: z.array(object({ title: nonEmpty, symbols: z.array(symbol) })).default([]),
  /** TeX macros that every post may use. */
  macros: z.record(z.string().regex(/^\\./, "; write a macro such as '\\\\R'"), z.string()).default({}),
  /** Share links below a post, by name: `{ Email: (url, title) => '…' }`. */
  share: z.record(nonEmpty, shareLink).default({}),
  /**
   * Fonts for scripts other than Latin, Greek and Cyrillic, whose fonts are included: npm packages such as
   * `@fontsource/noto-sans-jp`, style sheets or font files in them, or files of your own such as `./fonts/Kanji.ttf`.
   * Without one, pages use the readers' own fonts, and social images leave the text out. If one of the two lists is
   * empty, the other is used for both.
   */
  fonts: object({ text: z.array(nonEmpty).default([]), figures: z.array(nonEmpty).default([]) }).prefault({}),
  /**
   * Origins of other hosts whose images posts may show, such as `https://images.example.org` or
   * `https://*.example.org`. The Content-Security-Policy blocks all others.
   */
  images: z.array(origin).default([]),
  /** The same for frames (`<iframe>`), such as `https://www.youtube-nocookie.com`. */
  frames: z.array(origin).default([]),
  /** Remark plugins of your own, which run before those of the package. */
  remarkPlugins: plugins<RemarkPlugins>().default([]),
  /** Rehype plugins of your own, which run after those of the package. */
  rehypePlugins: plugins<RehypePlugins>().default([]),
};

/** The schema of all options. */
export const schema = object(options);

/** The options as an author writes them. */
export type MeasuredOptions = z.input<typeof schema>;

/** The options with all defaults. */
export type Settings = z.output<typeof schema> & { author: NonNullable<z.output<typeof schema>['author']> };

/** Settings of parsed options: the blog itself is the author if none is named. */
export const withAuthor = (parsed: z.output<typeof schema>): Settings => ({
  ...parsed,
  author: parsed.author ?? { name: parsed.title, type: 'Organization' },
});

const defaults = (): Settings => withAuthor(schema.parse({ title: 'A blog', description: 'A blog.' }));

/** The settings of the blog: defaults until `configure` is called. */
export const site: Settings = sharedState('settings', defaults);

/** Makes `settings` those of the blog, in all copies of this module, and its language that of this process. */
export async function configure(settings: Settings): Promise<void> {
  for (const key of Object.keys(site)) delete (site as Partial<Record<string, unknown>>)[key];
  Object.assign(site, settings);
  await setLanguage(settings.language, settings.words);
}

/** Whether a built-in page exists: it is not turned off, and there is something to show. */
export const isBuiltIn = (
  name: BuiltInPage,
  { pages, notation }: Pick<Settings, 'pages' | 'notation'> = site,
): boolean => pages[name] && (name !== 'notation' || notation.length > 0);
