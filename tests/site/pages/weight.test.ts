/** Bytes that a browser loads for a post, with gzip, which every host supports. */
import { siteAtRoot } from './built.ts';
import { postsOf, testWeights } from './transfer.ts';

testWeights(postsOf(await siteAtRoot()));
