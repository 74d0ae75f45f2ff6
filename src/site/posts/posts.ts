/** The list of published posts, newest first, with titles, paths and authors. */
import { getCollection } from 'astro:content';
import { isDev } from '../command.ts';
import { isScheduled } from './build-date.ts';
import type { Frontmatter, Post } from './frontmatter-schema.ts';
import { checkPosts } from './posts-loader.ts';
import { titleHtml, titleText } from './title.ts';

export { authorsOf } from './authors.ts';
export type { Post };

let built: Promise<readonly Post[]> | undefined;

/** Every post, newest first (then by title); drafts and scheduled posts only in dev. A build reads them once for all pages. */
export function publishedPosts(): Promise<readonly Post[]> {
  if (isDev()) return read();
  built ??= read();
  return built;
}

/** A title as text and as HTML. Invalid TeX is reported elsewhere, when the post is compiled. */
function titles(title: string): { title: string; titleHtml: string } {
  try {
    return { title: titleText(title), titleHtml: titleHtml(title) };
  } catch {
    return { title, titleHtml: '' };
  }
}

async function read(): Promise<readonly Post[]> {
  if (isDev()) await checkPosts();
  const posts: (Omit<Post, 'data'> & { data: Frontmatter })[] = await getCollection('posts');
  return posts
    .map((post): Post => ({ ...post, data: { ...post.data, ...titles(post.data.title) } }))
    .filter(({ data }) => isDev() || !(data.draft || isScheduled(data)))
    .sort((a, b) => b.data.date.valueOf() - a.data.date.valueOf() || a.data.title.localeCompare(b.data.title, 'en'));
}

/** The path of a post's page. */
export function postPath(post: Post): `/${string}` {
  return `/posts/${post.id}/`;
}
