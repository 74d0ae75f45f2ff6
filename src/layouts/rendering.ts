/** What goes wrong when the text of a post is rendered: an error of the post, whichever page shows it. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { PostError } from '../math/index.ts';
import type { Post } from '../site/posts.ts';

type Components = Readonly<Record<string, AstroComponentFactory>>;

/** The components, which note their errors and show nothing instead of throwing, so that the others are tested too. */
export function collecting(components: Components, errors: unknown[]): Components {
  const each = (factory: AstroComponentFactory): AstroComponentFactory => {
    const noting = async (...[result, props, slots]: Parameters<AstroComponentFactory>) => {
      try {
        return await factory(result, props, slots);
      } catch (error) {
        errors.push(error);
        return '';
      }
    };
    return Object.assign(noting as unknown as AstroComponentFactory, factory);
  };
  return Object.fromEntries(Object.entries(components).map(([name, factory]) => [name, each(factory)]));
}

/** One error that says of each which post it is in. */
export function renderingError(post: Post, errors: readonly unknown[]): PostError {
  const path = post.filePath ?? `posts/${post.id}.mdx`;
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  const placed = messages.map((message) => (message.startsWith(`${path}:`) ? message : `${path}: ${message}`));
  return new PostError([...new Set(placed)], undefined);
}
