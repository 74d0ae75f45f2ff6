/** The RSS feed, with each post in full. */
import rss from '@astrojs/rss';
import { site } from '../config.ts';
import { feedItems } from '../feeds/feed.ts';
import { absolute } from '../links/href.ts';

export async function GET(): Promise<Response> {
  const items = await feedItems();
  return rss({
    title: site.title,
    description: site.description,
    site: absolute('/'),
    trailingSlash: true,
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData: `<language>${site.language}</language><atom:link href="${absolute('/rss.xml')}" rel="self" type="application/rss+xml"/>`,
    items: items.map(({ title, url, description, date, tags, html }) => ({
      title,
      description,
      link: url,
      pubDate: date,
      categories: [...tags],
      content: html,
    })),
  });
}
