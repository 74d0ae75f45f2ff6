/** Tags and categories: posts gathered under a name. */
import { slug } from 'github-slugger';
import { site } from './config.ts';
import type { Post } from './posts.ts';

/** The kinds of topics, as front matter and addresses call them. */
export const kinds = ['tags', 'categories'] as const;
export type Kind = (typeof kinds)[number];
/** A tag or category: its path segment, its name as first written, its posts in order. */
export type Topic = { kind: Kind; slug: string; name: string; posts: Post[] };

/** Signs that tell one name from another, as they are said. */
const said: readonly (readonly [sign: RegExp, word: string])[] = [
  [/\+/g, ' plus'],
  [/#/g, ' sharp'],
];

/** What topics of one name have in common: names that differ in case are one. */
export const topicKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The last part of a topic's address: `C++` → `c-plus-plus`; a name without letters and digits by its code points. */
export function topicSlug(name: string): string {
  const text = name.normalize('NFC');
  const words = slug(said.reduce((all, [sign, word]) => all.replace(sign, word), text).trim());
  if (/[\p{L}\p{N}]/u.test(words)) return words;
  return ['u', ...[...text].map((character) => character.codePointAt(0)!.toString(16))].join('-');
}

/** The page of a topic called `name`. */
export function topicPath(kind: Kind, name: string): `/${string}` {
  return `/${kind}/${topicSlug(name)}/`;
}

/** All topics of a kind, by name; names that differ only in case are one topic. */
export function topics(kind: Kind, posts: readonly Post[]): Topic[] {
  const found = new Map<string, Topic>();
  for (const post of posts) {
    for (const name of post.data[kind]) {
      const key = topicSlug(name);
      const topic = found.get(key) ?? { kind, slug: key, name, posts: [] };
      if (!topic.posts.includes(post)) topic.posts.push(post);
      found.set(key, topic);
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, site.language));
}
