/** The posts as feeds carry them: whole, with maths as MathML, figures as images and absolute addresses. */

import { render } from 'astro:content';
import mdxServer from '@astrojs/mdx/server.js';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import PostText from '../layouts/PostText.astro';
import { PostError } from '../math/index.ts';
import { isDev } from './command.ts';
import { site } from './config.ts';
import { directionOfLanguage } from './direction.ts';
import { feedHtml } from './feed-html.ts';
import { absolute } from './href.ts';
import { made } from './made.ts';
import { authorsOf, postPath, publishedPosts } from './posts.ts';
import { readingOf } from './rendered.ts';
import { xmlText } from './xml-text.ts';

export type FeedItem = {
  title: string;
  url: string;
  description: string;
  date: Date;
  updated: Date | undefined;
  authors: readonly { name: string; url?: string | undefined }[];
  tags: readonly string[];
  /** In an element that says its language and direction, which readers do not take from the feed. */
  html: string;
  language: string;
};

let built: Promise<readonly FeedItem[]> | undefined;

/**
 * Every published post, rendered for a reader without style sheets; once a build for all feeds. Throws one PostError
 * that lists what is wrong in any of them.
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
  // One after the other: all posts' pages at once would be much to hold.
  for (const post of await publishedPosts()) {
    const { remarkPluginFrontmatter } = await render(post);
    const url = absolute(postPath(post));
    const { title, date, updated, tags, language = site.language } = post.data;
    const { description } = await readingOf(post, remarkPluginFrontmatter);
    const page = await container.renderToString(PostText, { props: { post } }).catch((error: unknown) => {
      if (!(error instanceof PostError)) throw error;
      errors.push(error.message);
    });
    if (page === undefined) continue;
    const html = await made('feed', [page, url, absolute('/')], () =>
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
