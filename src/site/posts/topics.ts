/** Tags, categories and authors: their addresses, and the posts under each. */
import { slug } from 'github-slugger';
import { site } from '../config.ts';
import { authorsOf, haveAuthorPages } from './authors.ts';
import type { Post } from './frontmatter-schema.ts';

/** The kinds of topics, by their names in front matter and paths. */
export const topicKinds = ['tags', 'categories', 'authors'] as const;
export type TopicKind = (typeof topicKinds)[number];
/** A tag, category or author: its path segment, its name as first written, its posts in the order of the list. */
export type Topic<P = Post> = { kind: TopicKind; slug: string; name: string; posts: P[] };

/** What is read of a post. */
type Filed = { readonly data: Pick<Post['data'], TopicKind> };

/** Signs that become words in slugs, so that C, C++ and C# differ. */
const signWords: readonly (readonly [sign: RegExp, word: string])[] = [
  [/\+/g, ' plus'],
  [/#/g, ' sharp'],
];

/** Names with the same key are the same topic: case is ignored. */
export const topicKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The slug of a topic: `C++` → `c-plus-plus`; a name without letters and digits by its code points. */
export function topicSlug(name: string): string {
  const text = name.normalize('NFC');
  const words = slug(signWords.reduce((all, [sign, word]) => all.replace(sign, word), text).trim());
  if (/[\p{L}\p{N}]/u.test(words)) return words;
  return ['u', ...[...text].map((character) => character.codePointAt(0)!.toString(16))].join('-');
}

/** The path of a topic's page. */
export function topicPath(kind: TopicKind, name: string): `/${string}` {
  return `/${kind}/${topicSlug(name)}/`;
}

/** All topics of a kind, by name; names that differ only in case are one topic. */
export function topics<P extends Filed>(kind: TopicKind, posts: readonly P[]): Topic<P>[] {
  const found = new Map<string, Topic<P>>();
  if (kind === 'authors' && !haveAuthorPages(posts)) return [];
  for (const post of posts) {
    for (const name of kind === 'authors' ? authorsOf(post).map((author) => author.name) : post.data[kind]) {
      const key = topicSlug(name);
      const topic = found.get(key) ?? { kind, slug: key, name, posts: [] };
      if (!topic.posts.includes(post)) topic.posts.push(post);
      found.set(key, topic);
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, site.language));
}
