/** Selects related posts: those that share the rarest tags and categories. */
import type { Post } from './posts.ts';

const labelCache = new WeakMap<Post, ReadonlySet<string>>();

/** A post's tags and categories in lower case; cached, since every post is compared with every other. */
function labels(post: Post): ReadonlySet<string> {
  const known = labelCache.get(post);
  if (known) return known;
  const own = new Set([...post.data.tags, ...post.data.categories].map((label) => label.toLowerCase()));
  labelCache.set(post, own);
  return own;
}

/**
 * At most `count` other posts, best first. A shared tag or category weighs 1 / (posts that carry it), so that a tag on
 * every post says little; ties keep the order of `posts`.
 */
export function related(post: Post, posts: readonly Post[], count = 3): Post[] {
  const frequency = new Map<string, number>();
  for (const each of posts) for (const label of labels(each)) frequency.set(label, (frequency.get(label) ?? 0) + 1);
  const own = labels(post);
  const score = (other: Post) =>
    [...labels(other)].reduce((sum, label) => sum + (own.has(label) ? 1 / frequency.get(label)! : 0), 0);
  return posts
    .filter((other) => other.id !== post.id)
    .map((other) => ({ other, score: score(other) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ other }) => other);
}
