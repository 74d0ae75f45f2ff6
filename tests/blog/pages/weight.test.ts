/** Bytes that a browser loads for a post of this blog. */
import { waitForSites } from '../../site/pages/built.ts';
import { postsOf, testWeights } from '../../site/pages/transfer.ts';

testWeights(postsOf((await waitForSites()).blog));
