/** Addresses of the site's own pages under its base path. */
import { isTurnedOff } from '../routes.ts';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** `/posts/x/` → `/blog/posts/x/` under the base `/blog`. `path` starts with a slash. */
export function href(path: `/${string}`): string {
  return base + path;
}

/** The same with the site's origin, for feeds and metadata. */
export function absolute(path: `/${string}`): string {
  return new URL(href(path), import.meta.env.SITE).href;
}

/** An address of the configuration: a path of the blog's under its base path, any other address as it is. */
export const anyHref = (address: string): string =>
  /^\/(?!\/)/.test(address) ? href(address as `/${string}`) : address;

/** The same; undefined for a page that the blog has turned off. */
export const pageHref = (address: string): string | undefined => (isTurnedOff(address) ? undefined : anyHref(address));
