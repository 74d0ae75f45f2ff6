/** The blog's settings: title, address, author, fonts, allowed hosts, TeX macros, share links. Edit to make it yours. */

/** Makes a share link from a page's address and title. */
type ShareLink = (url: string, title: string) => string;

export const site = {
  /** The name of the site: on the front page, after the titles of other pages, in feeds and on social images. */
  title: 'Measured',
  /** What the site is about, in a sentence: on the front page, for search engines, in feeds. */
  description: 'Backpropagation and initialisation, derived by hand and measured each time this site is built.',
  /**
   * The origin where the site is served; `npm run build -- --site …` overrides it. Each build warns of addresses that end in
   * `.example`, which are placeholders.
   */
  url: 'https://measured.example',
  /** The path below that origin, such as `/blog/`; `npm run build -- --base …` overrides it. */
  base: '/',
  /**
   * The language of the site's own texts, of dates and of posts that name no other, as a BCP 47 tag. `en-GB` uses the texts
   * in `src/i18n/locales/en.ts`; without such a file the build stops.
   */
  language: 'en-GB',
  /**
   * Fonts for scripts other than Latin, Greek and Cyrillic, whose fonts are included: npm packages such as
   * '@fontsource/noto-sans-jp', style sheets or font files in them, or files of your own such as './fonts/Kanji.ttf'.
   * Without one, pages use the readers' own fonts, and social images leave the text out. If `text` is empty, `figures`
   * is used for both.
   */
  fonts: { text: [] as readonly string[], figures: [] as readonly string[] },
  /** The author of posts that name none. */
  author: { name: 'The Measured project' },
  /** The repository, and the prefix of the links “Edit this page”. Leave out for no such links. */
  repository: { url: 'https://git.example/measured', edit: 'https://git.example/measured/edit/main' },
  /**
   * Origins of other hosts whose images posts may show, such as 'https://images.example.org' or 'https://*.example.org'.
   * The Content-Security-Policy blocks all others.
   */
  images: [] as readonly string[],
  /** The same for frames (`<iframe>`), such as 'https://www.youtube-nocookie.com'. */
  frames: [] as readonly string[],
  /** TeX macros that every post may use. */
  macros: {
    '\\E': '\\mathbb{E}',
    '\\Var': '\\operatorname{Var}',
    '\\R': '\\mathbb{R}',
    '\\diag': '\\operatorname{diag}',
  },
  /** Share links below a post, by name. */
  share: {
    Email: (url, title) => `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`,
    Bluesky: (url, title) => `https://bsky.app/intent/compose?text=${encodeURIComponent(`${title} ${url}`)}`,
    'Hacker News': (url, title) =>
      `https://news.ycombinator.com/submitlink?u=${encodeURIComponent(url)}&t=${encodeURIComponent(title)}`,
  } satisfies Record<string, ShareLink> as Record<string, ShareLink>,
};
