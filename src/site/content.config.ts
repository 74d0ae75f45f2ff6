/** Astro's content collections: the posts, and the measured results of the experiments. */
import { defineCollection } from 'astro:content';
import { resultsLoader } from '../lab/results/index.ts';
import { frontmatterSchema } from './posts/frontmatter-schema.ts';
import { postsLoader } from './posts/posts-loader.ts';

export const collections = {
  posts: defineCollection({ loader: postsLoader(), schema: frontmatterSchema }),
  results: defineCollection({ loader: resultsLoader() }),
};
