/** The JSON Feed (https://www.jsonfeed.org/version/1.1/), with each post in full. */
import { site } from '../config.ts';
import { feedItems } from '../feeds/feed.ts';
import { absolute } from '../links/href.ts';

export async function GET(): Promise<Response> {
  const items = (await feedItems()).map(
    ({ title, url, description, date, updated, authors, tags, html, language }) => ({
      id: url,
      url,
      title,
      summary: description,
      date_published: date.toISOString(),
      ...(updated && { date_modified: updated.toISOString() }),
      authors,
      tags,
      content_html: html,
      language,
    }),
  );
  return Response.json({
    version: 'https://jsonfeed.org/version/1.1',
    title: site.title,
    description: site.description,
    home_page_url: absolute('/'),
    feed_url: absolute('/feed.json'),
    icon: absolute('/icons/512.png'),
    favicon: absolute('/icons/180.png'),
    language: site.language,
    authors: [{ name: site.author.name, ...(site.author.url && { url: site.author.url }) }],
    items,
  });
}
