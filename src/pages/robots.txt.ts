/** Robots may read everything; here is the list of pages. */
import { absolute } from '../site/href.ts';

export function GET(): Response {
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute('/sitemap-index.xml')}\n`);
}
