/** The items of the feeds: whole posts, with MathML, images for figures, and absolute addresses. */
import { render } from 'astro:content';
import mdxServer from '@astrojs/mdx/server.js';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { PostError } from '../../math/index.ts';
import { isDev } from '../command.ts';
import { site } from '../config.ts';
import PostText from '../layouts/PostText.astro';
import { absolute } from '../links/href.ts';
import { directionOfLanguage } from '../markdown/text-direction.ts';
import { cached } from '../output/build-cache.ts';
import { authorsOf, postPath, publishedPosts } from '../posts/posts.ts';
import { postMetadata } from '../posts/rendered-post.ts';
import { feedHtml } from './feed-html.ts';
import { xmlText } from './xml-text.ts';

export type FeedItem = {
  title: string;
  url: string;
  description: string;
  date: Date;
  updated: Date | undefined;
  authors: readonly { name: string; url?: string | undefined }[];
  tags: readonly string[];
  /** Wrapped in an element with `lang` and `dir`, since feed readers ignore the feed's language. */
  html: string;
  language: string;
};

let built: Promise<readonly FeedItem[]> | undefined;

/**
 * Every published post as an item, rendered once a build for all feeds. Throws one PostError that lists the errors of
 * all posts.
 */
export function feedItems(): Promise<readonly FeedItem[]> {
  if (isDev()) return rendered();
  built ??= rendered();
  return built;
}

async function rendered(): Promise<readonly FeedItem[]> {
  const container = await AstroContainer.create();
  container.addServerRenderer({ name: 'astro:jsx', renderer: mdxServer });
  const items: FeedItem[] = [];
  const errors: string[] = [];
  // One at a time, to save memory.
  for (const post of await publishedPosts()) {
    const { remarkPluginFrontmatter } = await render(post);
    const url = absolute(postPath(post));
    const { title, date, updated, tags, language = site.language } = post.data;
    const { description } = await postMetadata(post, remarkPluginFrontmatter);
    const page = await container.renderToString(PostText, { props: { post } }).catch((error: unknown) => {
      if (!(error instanceof PostError)) throw error;
      errors.push(error.message);
    });
    if (page === undefined) continue;
    const html = await cached('feed', [page, url, absolute('/')], () =>
      feedHtml(page, url, (figure) => absolute(`/figures/${figure}.svg`)),
    );
    items.push({
      title: xmlText(title),
      url,
      description: xmlText(description),
      date,
      updated,
      authors: authorsOf(post),
      tags: tags.map(xmlText),
      html: `<div lang="${language}" dir="${directionOfLanguage(language)}">${html}</div>`,
      language,
    });
  }
  if (errors.length > 0) throw new PostError(errors, undefined);
  return items;
}
