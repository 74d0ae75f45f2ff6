/** Fuzz test of posts: any post becomes a page that contains its words, or errors that name lines. */
import fc from 'fast-check';
import { test } from 'vitest';
import { checkPost, mixtures, sequences } from './any-post.ts';

const parameters = { seed: 20170516, numRuns: 200 };

test('any mixture of tokens', async () => {
  await fc.assert(
    fc.asyncProperty(mixtures, (source) => checkPost(source)),
    parameters,
  );
});

test('any sequence of blocks keeps its words', async () => {
  await fc.assert(
    fc.asyncProperty(sequences, (source) => checkPost(source, true)),
    parameters,
  );
});
