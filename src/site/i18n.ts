/** The site's interface texts in its configured language, and their conversion to HTML. */
import { setLanguage } from '../i18n/index.ts';
import { site } from './config.ts';
import { escapeHtml } from './escape-html.ts';

await setLanguage(site.language, site.words);

export { words } from '../i18n/index.ts';

/**
 * An interface text as HTML: `[text](name)` becomes a link to `links(name)`, the
 * text alone if that is undefined, and `` `text` `` becomes code.
 */
export function sentence(text: string, links: (name: string) => string | undefined): string {
  return escapeHtml(text)
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, words: string, name: string) => {
      const address = links(name);
      return address === undefined ? words : `<a href="${escapeHtml(address)}">${words}</a>`;
    })
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
