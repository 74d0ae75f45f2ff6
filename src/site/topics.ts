/** Tags and categories: posts gathered under a name. */
import { slug } from 'github-slugger';
import { site } from './config.ts';
import type { Post } from './posts.ts';

export type Kind = 'tags' | 'categories';
/** A tag or category: its path segment, its name as first written, its posts in order. */
export type Topic = { kind: Kind; slug: string; name: string; posts: Post[] };

/** The page of a topic called `name`. */
export function topicPath(kind: Kind, name: string): `/${string}` {
  return `/${kind}/${slug(name)}/`;
}

/** All topics of a kind, by name; names that differ only in case or punctuation are one topic. */
export function topics(kind: Kind, posts: readonly Post[]): Topic[] {
  const found = new Map<string, Topic>();
  for (const post of posts) {
    for (const name of post.data[kind]) {
      const key = slug(name);
      const topic = found.get(key) ?? { kind, slug: key, name, posts: [] };
      if (!topic.posts.includes(post)) topic.posts.push(post);
      found.set(key, topic);
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, site.language));
}
