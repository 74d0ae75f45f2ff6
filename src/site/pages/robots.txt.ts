/** robots.txt: allows everything and names the sitemap. */
import { absolute } from '../links/href.ts';

export function GET(): Response {
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute('/sitemap-index.xml')}\n`);
}
