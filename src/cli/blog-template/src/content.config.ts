/** The content of the blog: the posts in `posts/`, the results of `experiments/`. */
export { collections } from 'astro-measured/content';
