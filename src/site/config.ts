/** The blog's settings: title, address, author, fonts, allowed hosts, TeX macros, share links. Edit to make it yours. */

/** Makes a share link from a page's address and title. */
type ShareLink = (url: string, title: string) => string;

export const site = {
  title: 'Measured',
  description: 'Backpropagation and initialisation, derived by hand and measured each time this site is built.',
  /**
   * Where the site is served: origin and base path; `astro build --site … --base …` overrides both. Each build warns of
   * addresses that end in `.example`, which are placeholders.
   */
  url: 'https://measured.example',
  base: '/',
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
   * Origins of other hosts whose images and frames posts may show, such as 'https://www.youtube-nocookie.com' or
   * 'https://*.example.org'. The Content-Security-Policy blocks all others.
   */
  images: [] as readonly string[],
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
