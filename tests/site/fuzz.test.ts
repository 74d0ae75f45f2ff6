/** Whatever a post holds, it becomes a page that has its words, or errors that lead to their lines. */
import fc from 'fast-check';
import { test } from 'vitest';
import { holds, mixtures, sequences } from './any-post.ts';

const parameters = { seed: 20170516, numRuns: 200 };

test('any mixture of the syntaxes', async () => {
  await fc.assert(
    fc.asyncProperty(mixtures, (source) => holds(source)),
    parameters,
  );
});

test('any sequence of blocks keeps its words', async () => {
  await fc.assert(
    fc.asyncProperty(sequences, (source) => holds(source, true)),
    parameters,
  );
});
