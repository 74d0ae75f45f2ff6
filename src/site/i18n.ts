/** The site's interface texts in its configured language, and their conversion to HTML. */
import { setLanguage } from '../i18n/index.ts';
import { site } from './config.ts';
import { escapeHtml } from './escape-html.ts';

await setLanguage(site.language);

export { words } from '../i18n/index.ts';

/**
 * An interface text as HTML: `[text](name)` becomes a link to `links(name)`, and `` `text` `` becomes code.
 */
export function sentence(text: string, links: (name: string) => string): string {
  return escapeHtml(text)
    .replace(
      /\[([^\]]*)\]\(([^)]*)\)/g,
      (_, words: string, name: string) => `<a href="${escapeHtml(links(name))}">${words}</a>`,
    )
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
