/**
 * The content collections of a blog: its posts, and the measured results of its experiments. A blog's `content.config.ts`:
 *
 *     export { collections } from 'astro-measured/content';
 */
import { defineCollection } from 'astro/content/config';
import { resultsLoader } from '../lab/results/index.ts';
import { frontmatterSchema } from './posts/frontmatter-schema.ts';
import { postsLoader } from './posts/posts-loader.ts';

/** The collections `posts` and `results`; a blog may add its own beside them. */
export const collections = {
  posts: defineCollection({ loader: postsLoader(), schema: frontmatterSchema }),
  results: defineCollection({ loader: resultsLoader() }),
};
