/** The words of the site in the language of its configuration, and what is made of them. */
import { speak } from '../words/index.ts';
import { site } from './config.ts';

await speak(site.language);

export { words } from '../words/index.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * A sentence as HTML: `[text](name)` becomes a link to `links[name]`, or to the page of this site that `name` is the
 * path of; `` `text` `` becomes code.
 */
export function sentence(text: string, links: (name: string) => string): string {
  return escaped(text)
    .replace(
      /\[([^\]]*)\]\(([^)]*)\)/g,
      (_, words: string, name: string) => `<a href="${escaped(links(name))}">${words}</a>`,
    )
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
