/** Divides lists of posts into pages: the first at the address of the list, others below it, `/page/2/`. */
import { site } from '../config.ts';
import type { Post } from './frontmatter-schema.ts';
import { type TopicKind, topicPath, topics } from './topics.ts';

/** A page of a list: its posts, its number from 1, the number of pages, and the paths of those before and after it. */
export type ListPage<P = Post> = {
  readonly posts: readonly P[];
  readonly number: number;
  readonly pages: number;
  readonly newer: `/${string}` | undefined;
  readonly older: `/${string}` | undefined;
};

/** The pages of the list at `path`; one, if it has no posts. */
export function listPages<P>(path: `/${string}`, posts: readonly P[], size = site.postsPerPage): ListPage<P>[] {
  const pages = Math.max(1, Math.ceil(posts.length / size));
  const pathOf = (number: number): `/${string}` | undefined => {
    if (number < 1 || number > pages) return undefined;
    return number === 1 ? path : `${path}page/${number}/`;
  };
  return Array.from({ length: pages }, (_, i) => ({
    posts: posts.slice(i * size, (i + 1) * size),
    number: i + 1,
    pages,
    newer: pathOf(i),
    older: pathOf(i + 2),
  }));
}

/** A route's parameters for each page of a list from the second on, with the page. */
export const furtherPages = (path: `/${string}`, posts: readonly Post[]) =>
  listPages(path, posts)
    .slice(1)
    .map((list) => ({ params: { page: String(list.number) }, props: { list } }));

/** The first pages of all topics of a kind, as Astro's `getStaticPaths` gives them. */
export const topicPages = (kind: TopicKind, posts: readonly Post[]) =>
  topics(kind, posts).map((topic) => ({
    params: { slug: topic.slug },
    props: { topic, list: listPages(topicPath(kind, topic.name), topic.posts)[0]! },
  }));

/** The further pages of all topics of a kind. */
export const furtherTopicPages = (kind: TopicKind, posts: readonly Post[]) =>
  topics(kind, posts).flatMap((topic) =>
    furtherPages(topicPath(kind, topic.name), topic.posts).map(({ params, props }) => ({
      params: { slug: topic.slug, ...params },
      props: { topic, ...props },
    })),
  );
