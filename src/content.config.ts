/** The two collections: posts as authors write them, results as the lab measured them. */

import { defineCollection } from 'astro:content';
import { resultsLoader } from './lab/load.ts';
import { frontmatter } from './site/frontmatter.ts';
import { postsLoader } from './site/posts-loader.ts';

export const collections = {
  posts: defineCollection({ loader: postsLoader(), schema: frontmatter }),
  results: defineCollection({ loader: resultsLoader() }),
};
