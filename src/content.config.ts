/** The two collections: posts as authors write them, results as the lab measured them. */

import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { resultsLoader } from './lab/load.ts';
import { frontmatter } from './site/frontmatter.ts';

export const collections = {
  posts: defineCollection({ loader: glob({ base: './posts', pattern: '*.mdx' }), schema: frontmatter }),
  results: defineCollection({ loader: resultsLoader() }),
};
