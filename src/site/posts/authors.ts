/** The authors of posts. */
import { site } from '../config.ts';
import type { Post } from './frontmatter-schema.ts';

/** An author as a post names one. */
export type Author = { readonly name: string; readonly url?: string | undefined };

/** What is read of a post. */
type Authored = { readonly data: Pick<Post['data'], 'authors'> };

/** The authors of a post; the site's author if it names none. */
export function authorsOf(post: Authored): readonly Author[] {
  const { name, url } = site.author;
  return post.data.authors ?? [{ name, url }];
}

/** Whether authors have pages: if a post names any. Otherwise all are by the site's author, and the front page lists them. */
export const haveAuthorPages = (posts: readonly Authored[]): boolean =>
  posts.some(({ data }) => data.authors !== undefined);
