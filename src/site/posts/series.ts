/** Series: posts that belong together, in the order in which they are to be read. */
import type { Post } from './frontmatter-schema.ts';

/** The posts of the series that `post` is a part of, by their parts, or by date where they have none; undefined outside of a series. */
export function seriesOf(post: Post, posts: readonly Post[]): readonly Post[] | undefined {
  const title = post.data.series?.title;
  if (title === undefined) return undefined;
  return posts
    .filter(({ data }) => data.series?.title === title)
    .toSorted(
      ({ data: a }, { data: b }) =>
        (a.series!.part ?? 0) - (b.series!.part ?? 0) ||
        a.date.valueOf() - b.date.valueOf() ||
        a.title.localeCompare(b.title, 'en'),
    );
}
