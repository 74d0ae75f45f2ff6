/** The sentence of a claim, and the name of its place. */

/** HTML as plain text. */
export const plainText = (html: string): string =>
  html
    .replace(/<span class="behind"[^>]*>[^<]*<\/span>/g, '')
    .replace(/<annotation[^>]*>.*?<\/annotation>|<span class="katex-html".*?<\/span><\/span>(?=<\/span>)/gs, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** The id of a claim by where it stands: `posts/x.mdx:12:3` → `claim-x-12-3`. */
export const claimId = (at: string): string =>
  `claim-${at
    .replace(/^posts\//, '')
    .replace(/\.mdx/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')}`;
