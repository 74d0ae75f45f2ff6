/** The addresses that a Jekyll blog gives its posts, and the way from an address of the old blog to what it leads to. */
import type { OldBlog } from './old-blog.ts';

/** What the address of a post is made from. */
export type AddressFacts = {
  /** `2017-05-16-name.md` without day and extension. */
  readonly name: string;
  /** `2017-05-16`. */
  readonly date: string;
  readonly categories: readonly string[];
  /** `slug` and `permalink` of the front matter. */
  readonly slug?: string | undefined;
  readonly permalink?: string | undefined;
};

const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  weekdate: '/:categories/:year/W:week/:short_day/:title.html',
  none: '/:categories/:title.html',
};

/** A name as Jekyll writes it in addresses. */
const slugged = (name: string, kept: string): string =>
  name.replace(new RegExp(`[^\\p{M}\\p{L}\\p{Nd}${kept}]+`, 'gu'), '-').replace(/^-|-$/g, '');

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** The permalink that `defaults` of the configuration give posts. */
function defaultPermalink({ config }: OldBlog): string | undefined {
  const defaults = Array.isArray(config.defaults)
    ? (config.defaults as { scope?: { type?: unknown; path?: unknown }; values?: { permalink?: unknown } }[])
    : [];
  const found = defaults.findLast(
    (each) =>
      isText(each?.values?.permalink) &&
      (each.scope?.type === 'posts' ||
        (!isText(each.scope?.type) && (!isText(each.scope?.path) || /_posts/.test(String(each.scope?.path))))),
  );
  return found?.values?.permalink as string | undefined;
}

/** The path of a post on the old site, below `baseurl`, percent-decoded: `/2017/05/16/name.html`. */
export function oldAddress(facts: AddressFacts, blog: OldBlog): string {
  const configured = defaultPermalink(blog) ?? (isText(blog.config.permalink) ? blog.config.permalink : 'date');
  const written = facts.permalink?.trim() || configured.trim();
  const pattern = styles[written] ?? written;
  const [year = '', month = '', day = ''] = facts.date.split('-');
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const yearDay = String(Math.round((time - Date.UTC(Number(year), 0, 1)) / 86_400_000) + 1).padStart(3, '0');
  const title = facts.slug || slugged(facts.name, "._~!$&'()+,;=@-");
  const values: Readonly<Record<string, string>> = {
    year,
    month,
    day,
    title,
    slug: slugged(facts.slug || facts.name, '-').toLowerCase(),
    i_month: String(Number(month)),
    i_day: String(Number(day)),
    short_year: year.slice(2),
    y_day: yearDay,
    categories: facts.categories.map((each) => each.toLowerCase().replace(/\s+/g, '-')).join('/'),
    slugified_categories: facts.categories.map((each) => slugged(each, '-').toLowerCase()).join('/'),
    output_ext: '.html',
  };
  const path = pattern.replace(/:([a-z_]+)/g, (whole, name: string) => values[name] ?? whole);
  const ended = /\/$|\.\w+$/.test(path) ? path : `${path}.html`;
  return `/${ended}`.replace(/\/{2,}/g, '/');
}

/** Percent-decoded, where the text can be decoded. */
export function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** An address of the old site by which posts are found: without `.html`, `index` and the slash at its end, in lower case. */
export const addressKey = (path: string): string =>
  decoded(path)
    .replace(/\/index(?:\.html?)?$|\.html?$|\/+$/g, '')
    .replace(/\/+$/, '')
    .normalize('NFC')
    .toLowerCase();

/** The path from the old site's root, below `baseurl`; undefined for an address of another site. `from`: the path of the page. */
export function pathWithin(url: string, blog: OldBlog, from: string): string | undefined {
  const origin = /^(?:https?:)?\/\/([^/?#]+)/i.exec(url);
  let path = url;
  if (origin) {
    if (!blog.hosts.has(origin[1]!.toLowerCase())) return undefined;
    path = url.slice(origin[0].length) || '/';
  } else if (/^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('//')) return undefined;
  if (!path.startsWith('/')) {
    if (path === '' || /^[?#]/.test(path)) return undefined;
    const folder = `${blog.baseurl}${from.replace(/[^/]*$/, '')}`;
    if (!URL.canParse(path, `https://x.example${folder}`)) return undefined;
    const resolved = new URL(path, `https://x.example${folder}`);
    path = resolved.pathname + resolved.search + resolved.hash;
  }
  const base = blog.baseurl;
  if (base && (path === base || path.startsWith(`${base}/`))) path = path.slice(base.length) || '/';
  return path;
}

/** The path of a file of the blog's repository, `/images/a.png`, which an address on GitHub shows; undefined for any other. */
export function pathInRepository(url: string, { repository }: OldBlog): string | undefined {
  if (repository === undefined) return undefined;
  const name = repository.replace(/[.]/g, '\\.');
  const found = new RegExp(
    `^https?://(?:raw\\.githubusercontent\\.com/${name}/(?:refs/heads/)?[^/]+|(?:www\\.)?github\\.com/${name}/(?:blob|raw)/(?:refs/heads/)?[^/]+|cdn\\.jsdelivr\\.net/gh/${name}(?:@[^/]+)?)(/[^?#]+)`,
    'i',
  ).exec(url);
  return found?.[1];
}
