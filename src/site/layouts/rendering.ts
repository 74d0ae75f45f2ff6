/** Collects the errors of components while a post is rendered, and joins them into one PostError. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { messageOf } from '../../lab/errors.ts';
import { PostError } from '../../math/index.ts';
import type { Post } from '../posts/posts.ts';

type Components = Readonly<Record<string, AstroComponentFactory>>;

/** Wraps components: each adds its error to `errors` and renders nothing, so that the others are rendered too. */
export function collectErrors(components: Components, errors: unknown[]): Components {
  const wrap = (factory: AstroComponentFactory): AstroComponentFactory => {
    const wrapped = async (...[result, props, slots]: Parameters<AstroComponentFactory>) => {
      try {
        return await factory(result, props, slots);
      } catch (error) {
        errors.push(error);
        return '';
      }
    };
    return Object.assign(wrapped as unknown as AstroComponentFactory, factory);
  };
  return Object.fromEntries(Object.entries(components).map(([name, factory]) => [name, wrap(factory)]));
}

/** One error for all errors of a post; each line begins with the post's path. */
export function joinErrors(post: Post, errors: readonly unknown[]): PostError {
  const path = post.filePath ?? `posts/${post.id}.mdx`;
  const messages = errors.map(messageOf);
  const located = messages.map((message) => (message.startsWith(`${path}:`) ? message : `${path}: ${message}`));
  return new PostError([...new Set(located)], undefined);
}
