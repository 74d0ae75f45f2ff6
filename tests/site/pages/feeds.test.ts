/** Feeds, sitemap, robots.txt and manifest: they parse, agree with the pages, and the feeds contain whole posts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { fromHtml } from 'hast-util-from-html';
import { describe, expect, test } from 'vitest';
import { waitForSites } from './built.ts';
import { elements, pages } from './files.ts';

type Item = {
  url: string;
  title: string;
  content_html: string;
  date_published: string;
  date_modified?: string;
};
type JsonFeed = { version: string; feed_url: string; items: Item[] };
type Rss = {
  rss: {
    channel: { item: { title: string; link: string; guid: string; pubDate: string; 'content:encoded': string }[] };
  };
};

const { sites } = await waitForSites();

describe.each(sites)('under $base', ({ base, dist }) => {
  const site = `https://measured.example${base}`;
  const read = (file: string) => readFileSync(join(dist, file), 'utf8');
  const json = JSON.parse(read('feed.json')) as JsonFeed;
  const rss = new XMLParser({ processEntities: true }).parse(read('rss.xml')) as Rss;
  const posts = [`${site}posts/everything/`, `${site}posts/plain/`];

  test('both feeds are well formed and list the published posts, newest first', () => {
    expect(XMLValidator.validate(read('rss.xml'))).toBe(true);
    expect(json.version).toBe('https://jsonfeed.org/version/1.1');
    expect(json.feed_url).toBe(`${site}feed.json`);
    expect(json.items.map(({ url }) => url)).toEqual(posts);
    expect(rss.rss.channel.item.map(({ link }) => link)).toEqual(posts);
  });

  test('they contain the whole text, with MathML and images, and nothing that needs the site’s styles', () => {
    const [{ content_html: html }] = json.items as [JsonFeed['items'][number]];
    expect(html).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">');
    expect(html).toContain(`<img src="${site}figures/dice/means.svg"`);
    expect(html).toContain('id="user-content-fn-two"');
    expect([...html.matchAll(/<mtext>(\(\d\))<\/mtext>/g)].map(([, number]) => number)).toEqual(['(1)', '(2)', '(3)']);
    expect(html).toContain('<p><b>Theorem 1</b> (<em>Squares</em> of <math');
    expect(html).toContain('There is nothing to prove. ■</p>');
    expect(html.match(/The square of a difference is/g)).toHaveLength(1);
    // The one style left is the width of cells in formulas.
    expect(html.replaceAll('<mtd style="width:50%">', '')).not.toMatch(
      / (class|style|data-\w+|popover|interestfor)=|<svg|katex|<annotation/,
    );
    expect(rss.rss.channel.item[0]!['content:encoded']).toContain('<img src=');
  });

  test('they contain only elements of their formats', () => {
    const known = {
      feed: 'version title home_page_url feed_url description icon favicon authors language items',
      item: 'id url title content_html summary date_published date_modified authors tags language',
    };
    const strangers = (found: object, names: string) =>
      Object.keys(found).filter((key) => !names.split(' ').includes(key));
    expect(strangers(json, known.feed)).toEqual([]);
    for (const item of json.items) {
      expect(strangers(item, known.item)).toEqual([]);
      for (const date of ['date_published', 'date_modified'] as const) {
        if (item[date] !== undefined) expect(new Date(item[date]).toISOString()).toBe(item[date]);
      }
    }
    // In RSS 2.0 a guid is the permanent address, and dates follow RFC 822.
    for (const { guid, link, pubDate } of rss.rss.channel.item) {
      expect(guid).toBe(link);
      expect(new Date(pubDate).toUTCString()).toBe(pubDate);
    }
  });

  test('every address in them is absolute', () => {
    for (const { content_html } of json.items) {
      for (const { properties } of elements(fromHtml(content_html, { fragment: true }), 'a', 'img')) {
        expect(String(properties.href ?? properties.src)).toMatch(/^(https:|mailto:)/);
      }
    }
  });

  test('titles are text, not markup', () => {
    const title = 'Everything a post can hold: <b>&amp; "quotes"';
    expect(json.items[0]!.title).toBe(title);
    expect(read('rss.xml')).toContain('&lt;b&gt;&amp;amp;');
  });

  test('the sitemap lists every page but the 404 page and the figure editors', () => {
    const listed = [...read('sitemap-0.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url!);
    const own = pages(dist)
      .map(({ path }) => path)
      .filter((path) => path !== '404.html' && !path.endsWith('/editor/'));
    expect(listed.toSorted()).toEqual(own.map((path) => site + path).toSorted());
    expect(read('robots.txt')).toContain(`Sitemap: ${site}sitemap-index.xml`);
  });

  test('the icons of the manifest exist and have the stated sizes', () => {
    const { icons, start_url } = JSON.parse(read('site.webmanifest')) as {
      icons: { src: string; sizes: string }[];
      start_url: string;
    };
    expect(start_url).toBe(base);
    for (const { src, sizes } of icons) {
      const png = readFileSync(join(dist, src.slice(base.length)));
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });
});
