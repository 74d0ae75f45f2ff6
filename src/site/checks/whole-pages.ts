/** `npm run dev` sends a page when it is whole: one that fails half-way is an error with status 500, not half a page. */
import type { MiddlewareHandler } from 'astro';

export const onRequest: MiddlewareHandler = async (_, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  return new Response(await response.text(), response);
};
