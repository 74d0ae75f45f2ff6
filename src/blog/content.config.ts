/** The content collections of this blog: those that the package makes of `posts/` and `experiments/`. */
export { collections } from 'astro-measured/content';
