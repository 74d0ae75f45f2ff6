/** Addresses of the site's own pages under its base path. */

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** `/posts/x/` → `/blog/posts/x/` under the base `/blog`. `path` starts with a slash. */
export function href(path: `/${string}`): string {
  return base + path;
}

/** The same with the site's origin, for feeds and metadata. */
export function absolute(path: `/${string}`): string {
  return new URL(href(path), import.meta.env.SITE).href;
}
