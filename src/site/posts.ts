/** The published posts, newest first, and what can be said of each without rendering it. */
import { getCollection } from 'astro:content';
import { isDev } from './command.ts';
import { site } from './config.ts';
import type { Frontmatter } from './frontmatter.ts';
import { checkPosts } from './posts-loader.ts';

/** An entry of the collection `posts`: `id` is the name of its file without `.mdx`. */
export type Post = {
  id: string;
  collection: 'posts';
  data: Frontmatter;
  body?: string;
  filePath?: string;
};

let built: Promise<readonly Post[]> | undefined;

/** Every post, newest first (then by title); drafts only while writing. A build, whose every page asks, reads them once. */
export function publishedPosts(): Promise<readonly Post[]> {
  if (isDev()) return read();
  built ??= read();
  return built;
}

async function read(): Promise<readonly Post[]> {
  if (isDev()) await checkPosts();
  const posts: Post[] = await getCollection('posts');
  return posts
    .filter(({ data }) => isDev() || !data.draft)
    .sort((a, b) => b.data.date.valueOf() - a.data.date.valueOf() || a.data.title.localeCompare(b.data.title, 'en'));
}

/** The path of a post's page. */
export function postPath(post: Post): `/${string}` {
  return `/posts/${post.id}/`;
}

/** The authors of a post; the site's author if it names none. */
export function authorsOf(post: Post): { name: string; url?: string | undefined }[] {
  return post.data.authors ?? [site.author];
}
