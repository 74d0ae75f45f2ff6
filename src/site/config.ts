/** Everything about this blog that is not a post: edit this file to make it yours. */

/** How a plain share link is made from a page's address and title. */
type ShareLink = (url: string, title: string) => string;

export const site = {
  title: 'Measured',
  description: 'Backpropagation and initialisation, derived by hand and measured each time this site is built.',
  /**
   * Where the site is served: origin and path below it. `astro build --site … --base …` overrides both. Addresses that
   * end in `.example` are placeholders, of which each build warns.
   */
  url: 'https://measured.example',
  base: '/',
  language: 'en-GB',
  /**
   * Fonts for scripts other than Latin, Greek and Cyrillic, which the site has: npm packages such as
   * '@fontsource/noto-sans-jp', style sheets or font files in them, or files of your own such as './fonts/Kanji.ttf'.
   * Without one, readers' own fonts draw pages, and social images leave the text out. `text` may be empty: then
   * `figures` stand for both.
   */
  fonts: { text: [] as readonly string[], figures: [] as readonly string[] },
  /** Who stands behind posts that name no author: the blog itself. */
  author: { name: 'The Measured project' },
  /** Where the sources live; makes the edit links. Leave out for none. */
  repository: { url: 'https://git.example/measured', edit: 'https://git.example/measured/edit/main' },
  /**
   * Other hosts that posts may show images and frames of, as origins, such as 'https://www.youtube-nocookie.com' or
   * 'https://*.example.org': the Content-Security-Policy allows these and no others.
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
  /** Plain links below a post, by name. */
  share: {
    Email: (url, title) => `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`,
    Bluesky: (url, title) => `https://bsky.app/intent/compose?text=${encodeURIComponent(`${title} ${url}`)}`,
    'Hacker News': (url, title) =>
      `https://news.ycombinator.com/submitlink?u=${encodeURIComponent(url)}&t=${encodeURIComponent(title)}`,
  } satisfies Record<string, ShareLink> as Record<string, ShareLink>,
};
