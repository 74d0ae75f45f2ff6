/** The links at the top of each page. */
import { builtInPages, isBuiltIn, site } from '../config.ts';
import { words } from '../i18n.ts';
import { anyHref, href } from './href.ts';

/** The links of the option `navigation`; all built-in pages if it is omitted. */
export const navigationLinks = (): { label: string; href: string }[] =>
  (site.navigation ?? builtInPages.filter((name) => isBuiltIn(name))).map((entry) =>
    typeof entry === 'string'
      ? { label: words.site[entry], href: href(`/${entry}/`) }
      : { label: entry.label, href: anyHref(entry.href) },
  );
