/** The published posts, newest first, and what can be said of each without rendering it. */
import { getCollection } from 'astro:content';
import { isDev } from './command.ts';
import { site } from './config.ts';
import type { Frontmatter } from './frontmatter.ts';
import { checkPosts } from './posts-loader.ts';
import { titleHtml, titleText } from './title.ts';

/** An entry of the collection `posts`: `id` is the name of its file without `.mdx`. */
export type Post = {
  id: string;
  collection: 'posts';
  /** `title` in plain words, `titleHtml` with its formulas set. */
  data: Frontmatter & { titleHtml: string };
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

/** A title in both its forms. Where its TeX cannot be set the check of the title says so, when the post is compiled. */
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
