/**
 * `npm run dev` sends a page when it is whole: one that fails half-way, or a post with a link that the site does not
 * answer, is an error with status 500, not half a page.
 */
import type { MiddlewareHandler } from 'astro';
import { devServer } from '../command.ts';
import { href } from '../href.ts';
import { postAt } from '../targets.ts';
import { servedLinksError } from './served-links.ts';

/** The pages that are asked for here, since a post leads to them: their own links are not looked at, which may lead back. */
const asked = new Set<string>();

export const onRequest: MiddlewareHandler = async ({ url }, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = await response.text();
  const root = process.cwd();
  const file = postAt(url.pathname.slice(href('/').length - 1), root);
  if (file !== undefined && response.ok && !asked.has(url.pathname)) {
    const error = await servedLinksError({ file, root }, html, async (method, path) => {
      const to = new URL(href(path), devServer());
      asked.add(to.pathname);
      return fetch(to, { method }).finally(() => asked.delete(to.pathname));
    });
    if (error) throw error;
  }
  return new Response(html, response);
};
