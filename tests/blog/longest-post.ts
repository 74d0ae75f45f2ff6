/** The post of this blog that `npm run bench -- peers` builds. */
export const longestPost = 'random-initialisation';
