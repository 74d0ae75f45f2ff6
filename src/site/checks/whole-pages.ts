/** Middleware of the dev server: a page that fails half-way, or has a dead link, is an error with status 500. */
import type { MiddlewareHandler } from 'astro';
import { devServerOrigin } from '../command.ts';
import { href } from '../links/href.ts';
import { markdownFileAt } from '../links/link-targets.ts';
import { servedLinksError } from './served-links.ts';

/** The pages that are being requested to check a link to them. Their own links are not checked: they may lead back. */
const requested = new Set<string>();

export const onRequest: MiddlewareHandler = async ({ url }, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = await response.text();
  const root = process.cwd();
  const file = markdownFileAt(url.pathname.slice(href('/').length - 1), root);
  if (file !== undefined && response.ok && !requested.has(url.pathname)) {
    const error = await servedLinksError({ file, root }, html, async (method, path) => {
      const to = new URL(href(path), devServerOrigin());
      requested.add(to.pathname);
      return fetch(to, { method }).finally(() => requested.delete(to.pathname));
    });
    if (error) throw error;
  }
  return new Response(html, response);
};
